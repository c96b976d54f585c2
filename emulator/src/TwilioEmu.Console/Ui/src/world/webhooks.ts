import { follow, find } from './journal';
import { text, type Alert, type Entry, type Webhook } from './types';

/** How many the page keeps. */
const kept = 10_000;

/** Requests to the app as the journal tells them, newest last. */
class Webhooks {
  readonly all = new Map<number, Webhook>();
  order: Webhook[] = [];
  readonly alerts: Entry[] = [];

  fold(entry: Entry): void {
    if (entry.kind === 'webhook.sent') {
      this.add({
        id: entry.seq, at: entry.at, account: entry.account, subject: entry.subject, cause: entry.cause, outcome: 'in-flight',
        request: entry.data as Webhook['request'], answer: null,
      });
    } else if (entry.kind === 'webhook.answered' || entry.kind === 'webhook.failed') {
      const outcome = entry.kind === 'webhook.answered' ? 'answered' : 'failed';
      const hook = this.all.get(entry.cause);
      if (hook) {
        const done: Webhook = { ...hook, outcome, answer: entry.data as Webhook['answer'], answered_at: entry.at };
        this.replace(done);
      } else if (text(entry.data, 'purpose')) {
        // One that could not even be sent is its failure alone.
        this.add({
          id: entry.seq, at: entry.at, account: entry.account, subject: entry.subject, cause: entry.cause, outcome,
          request: entry.data as Webhook['request'], answer: entry.data as Webhook['answer'],
        });
      }
    } else if (entry.kind === 'alert') {
      this.warn(entry);
      const hook = this.all.get(find(entry.cause)?.cause ?? -1);
      if (hook) this.replace({ ...hook, alerts: [...(hook.alerts ?? []), entry.data as unknown as Alert] });
    } else if (entry.kind === 'request.warning' || entry.kind === 'warning' || entry.kind === 'not_emulated' || entry.kind === 'fault') {
      this.warn(entry);
    }
  }

  clear(): void {
    this.all.clear();
    this.order = [];
    this.alerts.length = 0;
  }

  private add(hook: Webhook): void {
    this.all.set(hook.id, hook);
    this.order.push(hook);
    if (this.order.length < kept * 1.2) return;
    for (const gone of this.order.splice(0, this.order.length - kept)) this.all.delete(gone.id);
  }

  private warn(entry: Entry): void {
    this.alerts.push(entry);
    if (this.alerts.length > kept * 1.2) this.alerts.splice(0, this.alerts.length - kept);
  }

  // Another object each time, or rows that show it would not know.
  private replace(hook: Webhook): void {
    this.all.set(hook.id, hook);
    this.order[this.place(hook.id)] = hook;
  }

  private place(id: number): number {
    let [low, high] = [0, this.order.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.order[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const webhooks = follow(new Webhooks());

/** True where the app did not do what was asked of it. */
export const isTrouble = (hook: Webhook): boolean =>
  hook.outcome === 'failed' || (hook.outcome === 'answered' && ((hook.answer?.status ?? 0) >= 400 || (hook.alerts?.length ?? 0) > 0));

/** How long the app took, in ms. */
export function took(hook: Webhook): number | undefined {
  const attempts = hook.answer?.attempts;
  if (!attempts?.length) return undefined;
  const seconds = attempts.reduce((sum, a) => sum + (a.seconds ?? 0), 0);
  return seconds * 1000;
}
