import { Resampler } from './resampler';
import { fromUlaw, toUlaw } from './ulaw';

// Of the audio thread's global scope (w3.org/TR/webaudio, 1.32), which TypeScript's DOM library does not have.
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: unknown): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const rate = 8000;
const frame = 160;
// Sound waits for three frames before it begins, and after it ran dry; more than ten are delay.
const primed = 3 * frame;
const most = 10 * frame;

/**
 * The telephone line on the audio thread: frames of 20 ms mu-law come by messages and sound; the microphone becomes such frames.
 * Told `{ muted, deaf }` besides.
 */
class Line extends AudioWorkletProcessor {
  private readonly heard = new Resampler(rate, sampleRate);
  private readonly spoken = new Resampler(sampleRate, rate);
  private bytes = new Uint8Array(frame);
  private filled = 0;
  private sounds = false;
  private muted = false;
  private deaf = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ArrayBuffer | { muted: boolean; deaf: boolean }>) => {
      if (data instanceof ArrayBuffer) this.hear(new Uint8Array(data));
      else ({ muted: this.muted, deaf: this.deaf } = data);
    };
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const microphone = inputs[0]?.[0];
    if (microphone) this.speak(microphone);
    const [first, ...others] = outputs[0] ?? [];
    if (!first) return true;
    if (!this.sounds && this.heard.waiting >= primed) this.sounds = true;
    for (let i = 0; i < first.length; i++) {
      const sample = this.sounds ? this.heard.take() : undefined;
      if (sample === undefined) this.sounds = false;
      first[i] = this.deaf ? 0 : (sample ?? 0);
    }
    for (const other of others) other.set(first);
    return true;
  }

  private hear(ulaw: Uint8Array): void {
    for (const byte of ulaw) this.heard.put(fromUlaw(byte));
    if (this.heard.waiting > most) this.heard.skip(this.heard.waiting - primed);
  }

  private speak(samples: Float32Array): void {
    for (const sample of samples) this.spoken.put(sample);
    for (let sample = this.spoken.take(); sample !== undefined; sample = this.spoken.take()) {
      this.bytes[this.filled++] = toUlaw(sample);
      if (this.filled < frame) continue;
      if (!this.muted) this.port.postMessage(this.bytes.buffer, [this.bytes.buffer]);
      this.bytes = new Uint8Array(frame);
      this.filled = 0;
    }
  }
}

registerProcessor('line', Line);
