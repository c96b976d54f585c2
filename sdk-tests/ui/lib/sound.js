// Sound for tests: WAV files of a tone, and how much of a frequency is in samples.
import { writeFile } from 'node:fs/promises';

/** A WAV file of 16 bits, mono: one sine. */
export function wavOfTone(hertz, seconds, rate = 8000, peak = 8000) {
  const count = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + count * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + count * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i++) file.writeInt16LE(Math.round(peak * Math.sin((2 * Math.PI * hertz * i) / rate)), 44 + i * 2);
  return file;
}

export const writeTone = (path, hertz, seconds) => writeFile(path, wavOfTone(hertz, seconds, 48000, 16000));

/** The samples of a WAV file of 16 bits, from -1 to 1: one array for each channel. */
export function samplesOf(wav) {
  const channels = wav.readUInt16LE(22);
  const at = wav.indexOf('data', 12) + 8;
  const count = Math.floor((wav.length - at) / 2 / channels);
  return Array.from({ length: channels }, (_, c) => Float64Array.from({ length: count }, (_, i) => wav.readInt16LE(at + (i * channels + c) * 2) / 32768));
}

/** Which share of the energy is at a frequency: 1 for its pure tone, next to nothing for silence and others (Goertzel). */
export function shareOf(samples, hertz, rate = 8000) {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last, energy] = [0, 0, 1e-9];
  for (const sample of samples) {
    [before, last] = [last, sample + turn * last - before];
    energy += sample * sample;
  }
  return (2 * (last * last + before * before - turn * last * before)) / (samples.length * energy);
}

/** The largest share within any piece of that many samples. */
export function loudest(samples, hertz, rate = 8000, piece = rate / 5) {
  let most = 0;
  for (let at = 0; at + piece <= samples.length; at += piece / 2) {
    const part = samples.slice(at, at + piece);
    if (part.some((s) => Math.abs(s) > 0.02)) most = Math.max(most, shareOf(part, hertz, rate));
  }
  return most;
}
