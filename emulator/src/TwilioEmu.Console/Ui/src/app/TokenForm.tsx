import { useState } from 'preact/hooks';
import { openSession } from '../world/api';
import { know } from './begin';

/** Asks for what the emulator asks for. */
export function TokenForm() {
  const [wrong, setWrong] = useState('');
  return (
    <main class="token">
      <form onSubmit={async (e) => {
        e.preventDefault();
        const token = String(new FormData(e.currentTarget).get('token'));
        try {
          if (await openSession(token)) await know();
          else setWrong('That is not the token.');
        } catch (refused) {
          setWrong((refused as Error).message);
        }
      }}>
        <h1>This emulator asks for its token</h1>
        <p>It was printed when the program started (<code>twilioemu control token: …</code>), or given with <code>--control-token</code>.</p>
        <label>Control token<input name="token" type="password" autocomplete="off" required /></label>
        {wrong && <p role="alert" class="bad-words">{wrong}</p>}
        <button class="button primary" type="submit">Open</button>
      </form>
    </main>
  );
}
