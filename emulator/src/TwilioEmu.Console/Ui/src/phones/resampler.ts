// Windowed sinc, eight zero crossings to each side: what lies above the lower rate's half is gone (as telephone filters have it).
const crossings = 8;
const steps = 512;
const kernel = Float32Array.from({ length: crossings * steps + 2 }, (_, i) => {
  const x = i / steps;
  if (x >= crossings) return 0;
  const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / crossings);
  return x === 0 ? 1 : (Math.sin(Math.PI * x) / (Math.PI * x)) * window;
});

/** Samples of one rate to samples of another, as they come. */
export class Resampler {
  private readonly step: number;
  private readonly scale: number;
  private readonly reach: number;
  private readonly kept = new Float32Array(1 << 14);
  private written = 0;
  private place = 0;

  constructor(from: number, to: number) {
    this.step = from / to;
    this.scale = Math.min(1, to / from);
    this.reach = Math.ceil(crossings / this.scale);
    this.place = this.reach;
  }

  /** Samples that wait, in the rate they came in. */
  get waiting(): number {
    return this.written - this.place;
  }

  put(sample: number): void {
    this.kept[this.written++ & (this.kept.length - 1)] = sample;
  }

  /** The next sample; undefined while those it needs have not come. */
  take(): number | undefined {
    if (this.place + this.reach >= this.written) return undefined;
    const centre = Math.floor(this.place);
    let sum = 0;
    for (let i = centre - this.reach + 1; i <= centre + this.reach; i++) {
      const at = Math.abs(i - this.place) * this.scale * steps;
      const low = at | 0;
      if (low >= crossings * steps) continue;
      const weight = kernel[low]! + (kernel[low + 1]! - kernel[low]!) * (at - low);
      sum += weight * this.kept[i & (this.kept.length - 1)]!;
    }
    this.place += this.step;
    return sum * this.scale;
  }

  /** What waits is left out: delay, not sound. */
  skip(samples: number): void {
    this.place += samples;
  }
}
