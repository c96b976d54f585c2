import { Copy } from '../parts/Copy';
import { Pill } from '../parts/Pill';
import { span, timeOfDay } from '../parts/words';
import { accounts } from '../world/accounts';
import { restBlob } from '../world/api';
import { recordings } from '../world/recordings';
import { Player } from './Player';

/** What was recorded of a call: to play, with what was said where it was written down. */
export function Recordings({ call }: { call: string }) {
  const found = recordings.of(call);
  if (found.length === 0) return null;
  return (
    <>
      <h3>Recordings</h3>
      <ul class="recordings">
        {found.map((r) => {
          const account = accounts.value.find((a) => a.sid === r.account);
          return (
            <li key={r.sid}>
              <p><Pill words={r.status} tone={r.status === 'completed' ? 'good' : r.status === 'absent' ? 'bad' : 'live'} /> {timeOfDay(r.at)}{r.duration !== undefined && ` · ${span(r.duration * 1000)}`} · {r.source}{r.channels > 1 && ' · two channels'} <code>{r.sid.slice(0, 10)}…</code><Copy words={r.sid} what="SID" quiet /></p>
              {r.status === 'completed' && account && <Player label="the recording" fetchSound={() => restBlob(account, `/2010-04-01/Accounts/${r.account}/Recordings/${r.sid}.wav`)} />}
              {r.words && <p class="transcribed"><q>{r.words}</q></p>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
