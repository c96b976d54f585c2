import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/Icon';
import { icons } from '../parts/icons';
import { tell } from '../parts/Toasts';
import { nice, timeOfDay } from '../parts/words';
import { ask, get } from '../world/api';
import { now } from '../world/clock';
import { tick } from '../world/journal';
import { phones } from '../world/phones';
import { isNumber, numbers } from '../world/records';
import type { Phone } from '../world/types';
import { CallScreen } from './CallScreen';
import { dock, docked } from './dock';
import { Dialler } from './Dialler';
import { Thread } from './Thread';

/** A phone: its texts, or its call. */
export function Device({ number, onClose }: { number: string; onClose?: (() => void) | undefined }) {
  tick.value;
  const [phone, setPhone] = useState<Phone | undefined>();
  const [isDialling, setDialling] = useState(false);
  const isOwned = isNumber(number);
  useEffect(() => {
    if (!isOwned) get<Phone>(`/handsets/${encodeURIComponent(number)}`).then(setPhone, () => undefined);
  }, [number, isOwned]);
  const call = phones.currentCall(number);
  const isByHand = phone?.behaviour.driven_from_outside === true;

  async function answerMyself(on: boolean): Promise<void> {
    const before = phone;
    // At once for the eye; taken back where it is refused.
    setPhone((known) => ({ ...(known ?? { number, received: [], sent: [], calls: [] }), behaviour: { ...known?.behaviour, driven_from_outside: on } }));
    try {
      const { driven_from_outside: _, ...rest } = phone?.behaviour ?? {};
      setPhone(await ask<Phone>('PUT', `/handsets/${encodeURIComponent(number)}`, on ? { ...rest, driven_from_outside: true } : rest));
    } catch (refused) {
      setPhone(before);
      tell((refused as Error).message, 'bad');
    }
  }

  if (isOwned) {
    return <section class="device" aria-label={`Number ${number}`}><div class="screen"><div class="empty"><h2>{nice(number)} is the app’s</h2><p>An account owns it, so it is no phone. Open another number and text this one.</p></div></div></section>;
  }
  return (
    <section class="device" aria-label={`Phone ${number}`}>
      <div class="screen">
        <div class="status-bar" aria-hidden="true"><time>{timeOfDay(now.value).slice(0, 5)}</time><span class="notch" /><span>TwilioEmu</span></div>
        <header class="device-head">
          <div>
            <h2>{nice(number)}</h2>
            <label class="switch"><input type="checkbox" role="switch" checked={isByHand} onChange={(e) => void answerMyself(e.currentTarget.checked)} /><span>I answer its calls</span></label>
          </div>
          {!call && <button type="button" class="round" aria-label={isDialling ? 'Back to texts' : 'Dial'} title={isDialling ? 'Back to texts' : 'Dial'} onClick={() => setDialling(!isDialling)}><Icon path={isDialling ? icons.back : icons.call} /></button>}
          <button type="button" class="icon-button pin" aria-pressed={docked.value === number} aria-label="Keep beside every view" title="Keep beside every view"
            onClick={() => dock(docked.value === number ? '' : number)}><Icon path={icons.pin} size={16} /></button>
          {onClose && <button type="button" class="icon-button" aria-label={`Put ${number} away`} onClick={onClose}><Icon path={icons.close} /></button>}
        </header>
        {call ? <CallScreen number={number} call={call} />
          : isDialling ? <Dialler number={number} onDialled={() => setDialling(false)} />
          : <Thread number={number} remembered={phone} numbers={numbers.order.map((n) => n.number)} />}
      </div>
    </section>
  );
}
