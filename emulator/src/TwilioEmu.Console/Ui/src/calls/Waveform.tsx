import { useEffect, useRef } from 'preact/hooks';

/** Loudness over time, a band for each channel; where it is played is marked. */
export function Waveform({ sound, place, onSeek }: { sound: AudioBuffer; place: number; onSeek: (seconds: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const to = canvas.current!;
    const scale = devicePixelRatio || 1;
    const [width, height] = [to.clientWidth, to.clientHeight];
    to.width = width * scale;
    to.height = height * scale;
    const paint = to.getContext('2d')!;
    const style = getComputedStyle(to);
    paint.scale(scale, scale);
    const band = height / sound.numberOfChannels;
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      const samples = sound.getChannelData(channel);
      const middle = band * (channel + 0.5);
      for (let x = 0; x < width; x += 2) {
        const [from, until] = [Math.floor((x / width) * samples.length), Math.floor(((x + 2) / width) * samples.length)];
        let peak = 0;
        for (let i = from; i < until; i++) peak = Math.max(peak, Math.abs(samples[i]!));
        const tall = Math.max(1, peak * band * 0.92);
        paint.fillStyle = x / width < place / sound.duration ? style.color : style.borderTopColor;
        paint.fillRect(x, middle - tall / 2, 1.4, tall);
      }
    }
  }, [sound, place]);
  return <canvas ref={canvas} class={`waveform${sound.numberOfChannels > 1 ? ' two' : ''}`} aria-hidden="true" onClick={(e) => onSeek((e.offsetX / e.currentTarget.clientWidth) * sound.duration)} />;
}
