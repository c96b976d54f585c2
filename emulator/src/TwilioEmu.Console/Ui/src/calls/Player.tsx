import { useEffect, useRef, useState } from 'preact/hooks';
import { tell } from '../parts/Toasts';
import { Waveform } from './Waveform';

/** Sound that is fetched when somebody wants to hear it: its waveform, and the browser's own player. */
export function Player({ fetchSound, label }: { fetchSound: () => Promise<Blob>; label: string }) {
  const [url, setUrl] = useState<string | undefined>();
  const [sound, setSound] = useState<AudioBuffer | undefined>();
  const [isAsked, setAsked] = useState(false);
  const [place, setPlace] = useState(0);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);

  async function load(): Promise<void> {
    setAsked(true);
    try {
      const blob = await fetchSound();
      setUrl(URL.createObjectURL(blob));
      setSound(await new OfflineAudioContext(1, 1, 8000).decodeAudioData(await blob.arrayBuffer()));
    } catch (refused) {
      setAsked(false);
      tell((refused as Error).message, 'bad');
    }
  }

  if (!url) return <button type="button" class="button small" disabled={isAsked} onClick={() => void load()}>{isAsked ? 'Rendering…' : `Listen to ${label}`}</button>;
  return (
    <div class="player">
      {sound && <Waveform sound={sound} place={place} onSeek={(seconds) => { if (audio.current) audio.current.currentTime = seconds; }} />}
      <audio ref={audio} controls src={url} aria-label={label} onTimeUpdate={(e) => setPlace(e.currentTarget.currentTime)} />
    </div>
  );
}
