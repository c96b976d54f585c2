import { Subject } from '../app/Link';
import { tell } from '../parts/Toasts';
import { count, nice, span } from '../parts/words';
import { accounts } from '../world/accounts';
import { rest } from '../world/api';
import { now } from '../world/clock';
import { calls, isNumber } from '../world/records';
import type { Conference, Member } from '../world/rooms';

/** A conference, who is in it and how, and what its app could do with them. */
export function ConferenceRoom({ room }: { room: Conference }) {
  const account = accounts.value.find((a) => a.sid === room.account);
  const at = `/2010-04-01/Accounts/${room.account}/Conferences/${room.sid}`;

  async function ask(method: string, path: string, form?: Record<string, string>): Promise<void> {
    try {
      await rest(account!, method, path, form);
    } catch (refused) {
      tell((refused as Error).message, 'bad');
    }
  }
  const change = (member: Member, form: Record<string, string>) => ask('POST', `${at}/Participants/${member.sid}.json`, form);

  return (
    <section class="room conference" aria-label={`Conference ${room.name}`}>
      <h2>{room.name} <span class="faint">conference · {count(room.members.length, 'member')} · {span(Math.max(0, now.value - Date.parse(room.since)))}</span>
        {account && <button type="button" class="button small" onClick={() => void ask('POST', `${at}.json`, { Status: 'completed' })}>End</button>}</h2>
      <ol class="members">
        {room.members.map((member) => (
          <li key={member.sid}>
            <Subject of={member.sid} words={partyOf(member.sid)} />
            {member.label && <span class="tag">{member.label}</span>}
            {member.isMuted && <span class="pill plain">muted</span>}
            {member.isOnHold && <span class="pill live">on hold</span>}
            {member.isCoaching && <span class="pill plain">coaches</span>}
            {account && (
              <span class="room-hands">
                <button type="button" class="link" onClick={() => void change(member, { Muted: String(!member.isMuted) })}>{member.isMuted ? 'Unmute' : 'Mute'}</button>
                <button type="button" class="link" onClick={() => void change(member, { Hold: String(!member.isOnHold) })}>{member.isOnHold ? 'Off hold' : 'Hold'}</button>
                <button type="button" class="link" onClick={() => void ask('DELETE', `${at}/Participants/${member.sid}.json`)}>Remove</button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The end of a call that is not the app's number. */
export function partyOf(sid: string): string {
  const call = calls.find(sid);
  return call ? nice(isNumber(call.from) ? call.to : call.from) : sid.slice(0, 10);
}
