// G.711 mu-law: a byte a sample, logarithmic (ITU-T G.711, table 2).
const bias = 0x84;
const clip = 32635;

/** A sample from -1 to 1. */
export function toUlaw(sample: number): number {
  const pcm = Math.max(-clip, Math.min(clip, Math.round(sample * 32768)));
  const sign = pcm < 0 ? 0x80 : 0;
  const magnitude = Math.abs(pcm) + bias;
  const segment = Math.max(0, 24 - Math.clz32(magnitude));
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

export function fromUlaw(byte: number): number {
  const bits = ~byte;
  const magnitude = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return ((bits & 0x80) !== 0 ? -magnitude : magnitude) / 32768;
}
