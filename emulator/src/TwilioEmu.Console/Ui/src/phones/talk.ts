import { signal } from '@preact/signals';
import lineUrl from './line.worklet.ts?worker&url';

/** How a person is joined to a call: not at all, on the way, hearing it, or hearing and talking. */
export type Joined = 'no' | 'asking' | 'hears' | 'talks';

export interface Talk {
  readonly call: string;
  readonly number: string;
  joined: Joined;
  isMuted: boolean;
  isHeld: boolean;
}

/** The one call that this page sounds; a person has one mouth. */
export const talk = signal<Talk | undefined>();

let end: (() => void) | undefined;
let tellLine: ((told: { muted: boolean; deaf: boolean }) => void) | undefined;

/** Joins microphone and loudspeaker to a phone's call. */
export async function join(call: string, number: string): Promise<void> {
  leave();
  const mine: Talk = { call, number, joined: 'asking', isMuted: false, isHeld: false };
  talk.value = mine;
  const closers: (() => void)[] = [];
  const stop = (): void => {
    for (const close of closers.splice(0)) close();
    if (talk.value?.call === call && talk.value.number === number) talk.value = undefined;
    if (end === stop) [end, tellLine] = [undefined, undefined];
  };
  end = stop;
  try {
    const context = new AudioContext({ latencyHint: 'interactive' });
    closers.push(() => void context.close());
    await context.resume();
    await context.audioWorklet.addModule(lineUrl);
    if (end !== stop) return stop();
    const line = new AudioWorkletNode(context, 'line', { numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [1] });
    line.connect(context.destination);
    tellLine = (told) => line.port.postMessage(told);
    const socket = await open(call, number);
    closers.push(() => socket.close());
    if (end !== stop) return stop();
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => line.port.postMessage(data, [data]);
    socket.onclose = stop;
    line.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => socket.readyState === WebSocket.OPEN && socket.send(data);
    set(mine, { joined: 'hears' });
    const microphone = await listenTo(context, closers);
    if (end !== stop) return stop();
    microphone.connect(line);
    set(mine, { joined: 'talks' });
  } catch (refused) {
    // Without a microphone the call is heard all the same; without a socket there is nothing.
    if (talk.value?.joined !== 'hears') stop();
    throw refused;
  }
}

export function leave(): void {
  end?.();
}

/** Mute: nobody hears this person. Hold: nor does this person hear anybody. */
export function set(of: Talk, change: Partial<Pick<Talk, 'joined' | 'isMuted' | 'isHeld'>>): void {
  if (talk.value?.call !== of.call || talk.value.number !== of.number) return;
  const next = { ...talk.value, ...change };
  talk.value = next;
  tellLine?.({ muted: next.isMuted || next.isHeld, deaf: next.isHeld });
}

function open(call: string, number: string): Promise<WebSocket> {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/_emu/v1/calls/${call}/talk?handset=${encodeURIComponent(number)}`);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('The call could not be joined: it is over, or another page talks at this phone.'));
  });
}

async function listenTo(context: AudioContext, closers: (() => void)[]): Promise<MediaStreamAudioSourceNode> {
  if (!navigator.mediaDevices) throw new Error(`Browsers give no microphone to ${location.origin}: open http://localhost:${location.port} or an https address. You hear the call.`);
  try {
    // Tones and music are to come through: only the loudspeaker's own sound is taken out.
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: false } });
    closers.push(() => stream.getTracks().forEach((t) => t.stop()));
    return context.createMediaStreamSource(stream);
  } catch (refused) {
    throw new Error(`There is no microphone to talk with (${(refused as Error).message}). You hear the call.`);
  }
}
