import { follow } from './journal';
import { text, type Entry, type Text } from './types';

export interface PhoneCall {
  sid: string;
  other: string;
  isIncoming: boolean;
  state: 'dialling' | 'ringing' | 'connected' | 'ended';
  at: string;
  why?: string;
}

/** Texts of a phone that the page keeps, and phones. */
const keptTexts = 400;
const keptPhones = 5_000;
/** What phones began and the service has not taken up yet. */
const keptBegun = 5_000;

/** What the journal told of a phone. */
export interface PhoneStory {
  number: string;
  texts: Text[];
  calls: PhoneCall[];
  lastAt: string;
}

const ended = new Set(['call.completed', 'call.busy', 'call.no-answer', 'call.failed', 'call.canceled']);

class Phones {
  readonly all = new Map<string, PhoneStory>();
  private readonly begun = new Map<number, { number: string; to: string }>();
  private readonly bySid = new Map<string, { phone: PhoneStory; call: PhoneCall }[]>();

  fold(entry: Entry): void {
    const { kind, subject, data } = entry;
    if (kind === 'handset.texted') {
      const phone = this.of(subject, entry.at);
      phone.texts.push({ at: entry.at, message_sid: `#${entry.seq}`, from: subject, to: text(data, 'to'), body: text(data, 'body'), media_urls: (data.media_urls as string[]) ?? [] });
      this.begin(entry.seq, subject, text(data, 'to'));
    } else if (kind === 'message.received') {
      const sent = this.begun.get(entry.cause);
      const texted = sent && this.of(sent.number, entry.at).texts.find((t) => t.message_sid === `#${entry.cause}`);
      if (texted) texted.message_sid = subject;
    } else if (kind === 'handset.received') {
      this.of(subject, entry.at).texts.push({ ...(data as unknown as Text), at: entry.at });
    } else if (kind === 'handset.ringing') {
      this.ring(this.of(subject, entry.at), { sid: text(data, 'call_sid'), other: text(data, 'from'), isIncoming: true, state: 'ringing', at: entry.at });
    } else if (kind === 'handset.dialled') {
      this.begin(entry.seq, subject, text(data, 'to'));
      this.of(subject, entry.at);
    } else if (kind === 'call.ringing' && this.begun.has(entry.cause)) {
      const { number, to } = this.begun.get(entry.cause)!;
      this.ring(this.of(number, entry.at), { sid: subject, other: to, isIncoming: false, state: 'dialling', at: entry.at });
    } else if (kind === 'call.in-progress' || kind === 'handset.answered') {
      const sid = kind === 'handset.answered' ? text(data, 'call_sid') : subject;
      for (const { phone, call } of this.bySid.get(sid) ?? []) {
        if (kind === 'handset.answered' ? phone.number === subject : !call.isIncoming) call.state = 'connected';
      }
    } else if (ended.has(kind)) {
      for (const { call } of this.bySid.get(subject) ?? []) [call.state, call.why] = ['ended', kind.slice(5)];
      this.bySid.delete(subject);
    } else if (kind === 'handset.configured') this.of(subject, entry.at);
  }

  clear(): void {
    this.all.clear();
    this.begun.clear();
    this.bySid.clear();
  }

  of(number: string, at = ''): PhoneStory {
    let phone = this.all.get(number);
    if (!phone) {
      this.all.set(number, (phone = { number, texts: [], calls: [], lastAt: at }));
      if (this.all.size > keptPhones * 1.2) this.forget();
    }
    if (phone.texts.length > keptTexts * 2) phone.texts.splice(0, keptTexts);
    if (at > phone.lastAt) phone.lastAt = at;
    return phone;
  }

  /** The call a phone is in, or that rings it. */
  currentCall = (number: string): PhoneCall | undefined => this.all.get(number)?.calls.findLast((c) => c.state !== 'ended');

  private begin(seq: number, number: string, to: string): void {
    this.begun.set(seq, { number, to });
    // A map keeps the order of arrival: the first is the oldest.
    if (this.begun.size > keptBegun) this.begun.delete(this.begun.keys().next().value!);
  }

  /** Those that were quiet for the longest go, and what was begun long ago is not waited for any more. */
  private forget(): void {
    const quiet = [...this.all.values()].filter((p) => !this.currentCall(p.number)).sort((a, b) => (a.lastAt < b.lastAt ? -1 : 1));
    for (const phone of quiet.slice(0, this.all.size - keptPhones)) this.all.delete(phone.number);
    this.begun.clear();
  }

  private ring(phone: PhoneStory, call: PhoneCall): void {
    phone.calls.push(call);
    const at = this.bySid.get(call.sid);
    if (at) at.push({ phone, call });
    else this.bySid.set(call.sid, [{ phone, call }]);
  }
}

export const phones = follow(new Phones());
