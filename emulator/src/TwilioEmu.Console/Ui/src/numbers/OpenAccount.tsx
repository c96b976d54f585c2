import { tell } from '../parts/Toasts';
import { ask } from '../world/api';

/** An account of its own, as a test opens one: nothing is shared with the others. */
export function OpenAccount() {
  return (
    <form class="key-form" onSubmit={async (e) => {
      e.preventDefault();
      const form = e.currentTarget;
      try {
        const name = String(new FormData(form).get('name')).trim();
        await ask('POST', '/accounts', name ? { friendly_name: name } : {});
        form.reset();
      } catch (refused) {
        tell((refused as Error).message, 'bad');
      }
    }}>
      <input name="name" aria-label="Name of another account" placeholder="Name of another account" />
      <button type="submit" class="button small">Open an account</button>
    </form>
  );
}
