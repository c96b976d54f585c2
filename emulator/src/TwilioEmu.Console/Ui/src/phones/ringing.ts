let audio: AudioContext | undefined;

/** Rings (two tones, two seconds on, four off, as in North America) until told to stop; silent where the browser lets no page sound before a click. */
export function ring(): () => void {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
  } catch {
    return () => undefined;
  }
  const context = audio;
  const level = context.createGain();
  level.gain.value = 0;
  level.connect(context.destination);
  const tones = [440, 480].map((hz) => {
    const tone = context.createOscillator();
    tone.frequency.value = hz;
    tone.connect(level);
    tone.start();
    return tone;
  });
  for (let i = 0; i < 20; i++) {
    const from = context.currentTime + i * 6;
    level.gain.setValueAtTime(0.04, from);
    level.gain.setValueAtTime(0, from + 2);
  }
  return () => {
    for (const tone of tones) tone.stop();
    level.disconnect();
  };
}
