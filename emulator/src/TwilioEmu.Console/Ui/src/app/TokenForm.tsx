import { useState } from 'preact/hooks';
import { openSession } from '../world/api';
import { know } from './begin';

/** Asks for what the emulator asks for. */
export function TokenForm() {
  const [isWrong, setWrong] = useState(false);
  return (
    <main class="token">
      <form onSubmit={async (e) => {
        e.preventDefault();
        const token = String(new FormData(e.currentTarget).get('token'));
        if (await openSession(token).catch(() => false)) await know();
        else setWrong(true);
      }}>
        <h1>This emulator asks for its token</h1>
        <p>It was printed when the program started (<code>twilioemu control token: …</code>), or given with <code>--control-token</code>.</p>
        <label>Control token<input name="token" type="password" autocomplete="off" required /></label>
        {isWrong && <p role="alert" class="bad-words">That is not the token.</p>}
        <button class="button primary" type="submit">Open</button>
      </form>
    </main>
  );
}
