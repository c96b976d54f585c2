import { follow } from './journal';
import { number, text, type Entry } from './types';

export interface ApiRequest { seq: number; at: string; account: string; path: string; method: string; operation: string; refusal?: { status: number; code: number; message: string }; warnings: string[] }

/** How many the page keeps. */
const kept = 10_000;

/** REST requests as the journal tells them; one that was refused says why. */
class Requests {
  readonly all = new Map<number, ApiRequest>();
  order: ApiRequest[] = [];

  fold(entry: Entry): void {
    if (entry.kind === 'request') {
      const request: ApiRequest = { seq: entry.seq, at: entry.at, account: entry.account, path: entry.subject, method: text(entry.data, 'method'), operation: text(entry.data, 'operation'), warnings: [] };
      this.all.set(entry.seq, request);
      this.order.push(request);
      if (this.order.length > kept * 1.2) for (const gone of this.order.splice(0, this.order.length - kept)) this.all.delete(gone.seq);
      return;
    }
    const of = this.all.get(entry.cause);
    if (entry.kind === 'request.refused') {
      const refusal = { status: number(entry.data, 'status') ?? 0, code: number(entry.data, 'code') ?? 0, message: [text(entry.data, 'message'), text(entry.data, 'cure')].filter(Boolean).join(' — ') };
      if (of) this.replace({ ...of, refusal });
      else this.order.push({ seq: entry.seq, at: entry.at, account: entry.account, path: entry.subject, method: text(entry.data, 'method'), operation: text(entry.data, 'operation'), warnings: [], refusal });
    } else if (entry.kind === 'warning' && of) this.replace({ ...of, warnings: [...of.warnings, text(entry.data, 'warning')] });
  }

  // Another object each time, or rows that show it would not know. What is changed is among the newest.
  private replace(request: ApiRequest): void {
    this.all.set(request.seq, request);
    const at = this.order.findLastIndex((r) => r.seq === request.seq);
    if (at >= 0) this.order[at] = request;
  }

  clear(): void {
    this.all.clear();
    this.order = [];
  }
}

export const requests = follow(new Requests());
