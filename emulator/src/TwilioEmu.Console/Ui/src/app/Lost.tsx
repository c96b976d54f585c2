import { timeOfDay } from '../parts/words';
import { now } from '../world/clock';
import { connection } from '../world/journal';

/** Says that nobody answers, where it lasts: what is shown is the past. */
export function Lost() {
  if (connection.value !== 'lost') return null;
  return (
    <p class="lost" role="alert">
      <b>The emulator does not answer.</b> What you see is as it was at {timeOfDay(now.value)}. Start it again, and this page goes on by itself.
    </p>
  );
}
