import { useEffect, useRef, useState } from 'preact/hooks';
import { Link } from '../app/Link';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { tell } from '../parts/Toasts';
import { nice, span } from '../parts/words';
import { ask } from '../world/api';
import { now } from '../world/clock';
import { entries, tick } from '../world/journal';
import type { PhoneCall } from '../world/phones';
import { text } from '../world/types';
import { Keypad } from './Keypad';
import { ring } from './ringing';
import { join, leave, set, talk } from './talk';

const joinedWords = { no: '', asking: 'Joining…', hears: 'You hear the call', talks: 'You talk and hear' };
const states = { dialling: 'Calling…', ringing: 'Incoming call', connected: 'Connected', ended: 'Ended' };

/** A call on the phone's screen: who, what is heard and said, keys, words, the red button. */
export function CallScreen({ number, call }: { number: string; call: PhoneCall }) {
  // The call is the same thing throughout its life: what changed of it is told by the journal's tick alone.
  tick.value;
  const [hasKeys, setKeys] = useState(false);
  const [words, setWords] = useState('');
  const log = useRef<HTMLDivElement>(null);
  const lines = captions(call.sid, number);
  useEffect(() => log.current?.scrollTo({ top: 1e9 }), [lines.length]);
  const rings = call.state === 'ringing' && call.isIncoming;
  useEffect(() => (rings ? ring() : undefined), [rings]);

  const mine = talk.value?.call === call.sid && talk.value.number === number ? talk.value : undefined;
  useEffect(() => () => { if (talk.peek()?.call === call.sid && talk.peek()?.number === number) leave(); }, [call.sid, number]);

  async function act(deed: Record<string, unknown>): Promise<void> {
    try {
      await ask('POST', `/calls/${call.sid}/act`, { ...deed, handset: number });
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }

  return (
    <div class={`call-screen ${call.state}`}>
      <div class="call-who">
        <span class="avatar big" aria-hidden="true">{call.other.slice(-2)}</span>
        <h3>{nice(call.other)}</h3>
        <p role="status">{states[call.state]}{call.state === 'connected' && ` · ${span(Math.max(0, Math.floor((now.value - Date.parse(call.at)) / 1000) * 1000))}`}</p>
        {mine && <p class="talking" role="status">{mine.isHeld ? 'On hold: you neither hear nor are heard' : mine.isMuted ? 'Muted' : joinedWords[mine.joined]}</p>}
        <Link to={`/calls/${call.sid}`}>See the call</Link>
      </div>
      <div class="captions" ref={log} role="log" aria-label="Captions" tabIndex={0}>
        {lines.map((line) => <p key={line.seq} dir="auto" class={line.isMine ? 'mine' : 'theirs'}><span class="unseen">{line.isMine ? 'You: ' : 'Heard: '}</span>{line.words}</p>)}
      </div>
      {call.state === 'connected' && hasKeys && <Keypad onKey={(key) => void act({ presses: key })} />}
      {call.state === 'connected' && !hasKeys && (
        <form class="say" onSubmit={(e) => { e.preventDefault(); if (words.trim()) { void act({ says: words.trim() }); setWords(''); } }}>
          <input value={words} placeholder="Say something" aria-label="Say something" onInput={(e) => setWords(e.currentTarget.value)} />
          <button type="submit" class="round send" aria-label="Say" disabled={!words.trim()}><Icon path={icons.send} /></button>
        </form>
      )}
      <div class="call-buttons">
        {rings && <button type="button" class="round call" aria-label="Answer" onClick={() => void act({ answers: true })}><Icon path={icons.call} size={24} /></button>}
        {call.state === 'connected' && (
          <button type="button" class="round talk" aria-label="Talk and listen" title="Talk with your microphone and hear the call; time goes as on the wall meanwhile" aria-pressed={mine !== undefined}
            onClick={() => (mine ? leave() : void join(call.sid, number).catch((refused: Error) => tell(refused.message, 'bad')))}><Icon path={icons.mic} size={22} /></button>
        )}
        {mine?.joined === 'talks' && <button type="button" class="round" aria-label="Mute" title="Mute" aria-pressed={mine.isMuted} onClick={() => set(mine, { isMuted: !mine.isMuted })}><Icon path={icons.muted} size={22} /></button>}
        {mine && mine.joined !== 'asking' && <button type="button" class="round" aria-label="Hold" title="Hold" aria-pressed={mine.isHeld} onClick={() => set(mine, { isHeld: !mine.isHeld })}><Icon path={icons.pause} size={22} /></button>}
        {call.state === 'connected' && <button type="button" class="round" aria-label="Keypad" title="Keypad" aria-pressed={hasKeys} onClick={() => setKeys(!hasKeys)}><Icon path={icons.keys} size={22} /></button>}
        <button type="button" class="round hangup" aria-label={rings ? 'Decline' : 'Hang up'} onClick={() => void act({ hangs_up: true })}><Icon path={icons.call} size={24} /></button>
      </div>
    </div>
  );
}

interface Caption { seq: number; isMine: boolean; words: string }

function captions(sid: string, number: string): Caption[] {
  const found: Caption[] = [];
  for (let i = entries.length - 1; i >= 0; i--) {
    const { seq, kind, subject, data } = entries[i]!;
    if (subject !== sid) continue;
    if (kind === 'call.heard' && (text(data, 'who') === number || !text(data, 'who'))) found.push({ seq, isMine: false, words: text(data, 'words') });
    else if (kind === 'call.said' && text(data, 'who') === number) found.push({ seq, isMine: true, words: text(data, 'words') });
    else if (kind === 'call.pressed' && text(data, 'who') === number) found.push({ seq, isMine: true, words: `pressed ${text(data, 'digits') || text(data, 'words')}` });
  }
  return found.reverse();
}
