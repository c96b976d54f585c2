// The control API of a running emulator, /_emu/v1, as a test uses it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Call } from './call.js';
import { expectEntries } from './expectation.js';
import { EmulatorError } from './errors.js';
import { Handset } from './handset.js';
import { optionsOf } from './slips.js';
import { durationMs, durationText, queryText, usualPatience, Wire } from './wire.js';

/**
 * Answers are the control API's own JSON, keys spelt as there. Durations are the world's time: milliseconds, or texts such as `5s`.
 * Every call throws an EmulatorError for the emulator's no, and an Error where nobody answers within `patience` (real ms).
 */
export class EmulatorClient {
  #wire;

  /** @param {string | URL} baseUrl `http://127.0.0.1:4010` @param {{patience?: number, controlToken?: string | null}} [options] controlToken: what the control API asks for, else `TWILIOEMU_CONTROL_TOKEN` of the environment */
  constructor(baseUrl, options = {}) {
    const { patience = usualPatience, controlToken } = optionsOf('EmulatorClient', options, 'patience', 'controlToken');
    this.#wire = new Wire(baseUrl, patience, controlToken);
  }

  get baseUrl() { return this.#wire.baseUrl; }

  /** `{status, version, clock, seed}`. */
  health() { return this.send('GET', '/health'); }

  /** Waits, in real time, until an emulator that was just started serves. */
  async untilReady() {
    const deadline = Date.now() + this.#wire.patience;
    for (;;) {
      try {
        return await this.health();
      } catch (fault) {
        if (Date.now() >= deadline) throw new Error(`no emulator is ready at ${this.baseUrl} after ${this.#wire.patience} ms`, { cause: fault });
      }
      await sleep(50);
    }
  }

  /** Back to the configured start, seed included. Whatever else uses the emulator loses its things too. */
  reset() { return this.send('POST', '/reset'); }

  /**
   * Keeps the whole world in memory as it stands: `{id, at, records, entries}`. One kept under the same name goes.
   * @param {string} [name] 1 to 64 letters, digits, dashes, dots; a number unless told
   */
  snapshot(name) { return this.send('POST', '/snapshots', { name }); }

  /** The worlds that are kept, the oldest first. */
  async snapshots() { return (await this.send('GET', '/snapshots')).snapshots; }

  /** Brings a kept world back, as often as wanted: clock, journal, queues, what is due. @param {string} id */
  restore(id) { return this.send('POST', `/snapshots/${encodeURIComponent(id)}/restore`); }

  /** `{mode, now, next_due, timers, holds}`. */
  clock() { return this.send('GET', '/clock'); }

  /** @param {string} mode `real`, `xN`, `auto` or `manual` */
  setClock(mode) { return this.send('PUT', '/clock', { mode }); }

  /** Moves virtual time; settles when all that fell due has run, webhooks included. @param {string | number} by */
  async advance(by) { return this.send('POST', '/clock/advance', { by: durationText(by) }); }

  /**
   * Opens an account nobody else knows: tests with one each share an emulator without meeting.
   * @param {{friendlyName?: string, sid?: string, authToken?: string}} [account]
   * @returns {Promise<{sid: string, auth_token: string, friendly_name: string}>}
   */
  async openAccount(account = {}) {
    const { friendlyName, sid, authToken } = optionsOf('openAccount', account, 'friendlyName', 'sid', 'authToken');
    return this.send('POST', '/accounts', { friendly_name: friendlyName, sid, auth_token: authToken });
  }

  /** A phone that no account owns. @param {string} number E.164 */
  handset(number) { return new Handset(this.#wire, number); }

  /** A call by its SID. @param {string} sid */
  call(sid) { return new Call(this.#wire, sid); }

  /** Requests made to the app, oldest first: `{webhooks, next_after}`. @param {{after?: number, limit?: number, subject?: string, account?: string}} [query] */
  webhooks(query = {}) { return this.send('GET', `/webhooks${queryText(query)}`); }

  /** One of them whole: headers and parameters out, headers and body back, every attempt. @param {number} id */
  webhook(id) { return this.send('GET', `/webhooks/${id}`); }

  /** Sends one of them again, and settles when it is answered. @param {number} id */
  replayWebhook(id) { return this.send('POST', `/webhooks/${id}/replay`); }

  /** A page of all that happened: `{entries, first_seq, last_seq, next_after}`. @param {{after?: number, kind?: string, subject?: string, account?: string, limit?: number}} [query] */
  journal(query = {}) { return this.send('GET', `/journal${queryText(query)}`); }

  /**
   * The journal as it is written, until the caller stops, the emulator goes away or its world is reset.
   * @param {{after?: number, kind?: string, subject?: string, account?: string}} [query] without `after` it begins with what happens next
   * @param {{signal?: AbortSignal}} [how]
   * @returns {AsyncGenerator<import('./errors.js').Entry>}
   */
  async *followJournal(query = {}, how = {}) {
    const { signal } = optionsOf('followJournal', how, 'signal');
    const path = `/journal/stream${queryText(query)}`;
    const stop = new AbortController();
    const response = await this.#wire.open(path, signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
    try {
      for await (const { event, data } of eventsOf(response.body)) {
        if (event === 'reset') return;
        if (event === 'gap') throw new EmulatorError(response.status, `entries were lost on the way: ${data}`, `GET ${path}`);
        yield JSON.parse(data);
      }
    } finally {
      stop.abort();
    }
  }

  /**
   * Waits, moving virtual time, until the journal holds what is expected.
   * @param {{kind?: string, subject?: string, account?: string, data?: object}} match data: values to equal, or `{contains}`, `{matches}`, `{says}`, `{present}`, `{at_least, at_most}`
   * @param {{count?: number, within?: string | number, after?: number, strict?: boolean}} [how] count: at least so many (1); within: `5s`; strict: fails also for troubles nobody asked about
   * @returns {Promise<import('./errors.js').Entry[] & {also: import('./errors.js').AlsoSeen[]}>} also: such troubles
   * @throws {ExpectationFailedError} it did not happen in time; says what came nearest
   */
  async expect(match, how = {}) {
    const { count = 1, within, after, strict } = optionsOf('expect', how, 'count', 'within', 'after', 'strict');
    return expectEntries(this.#wire, match, { count, within, after, strict });
  }

  /**
   * Waits the whole time, and sees to it that there are neither less nor more.
   * @param {{kind?: string, subject?: string, account?: string, data?: object}} match @param {number} exactly 0 for none at all
   * @param {{within?: string | number, after?: number, strict?: boolean}} [how]
   */
  async expectExactly(match, exactly, how = {}) {
    const { within, after, strict } = optionsOf('expectExactly', how, 'within', 'after', 'strict');
    return expectEntries(this.#wire, match, { exactly, within, after, strict });
  }

  /** How near operations come to the live service: `{counts, operations}`. @param {{product?: string, fidelity?: string}} [query] */
  fidelity(query = {}) { return this.send('GET', `/fidelity${queryText(query)}`); }

  /**
   * Puts a resource where the live service's own doings would leave one.
   * @param {string} product host label: `video`
   * @param {string} path from the version on: `/v1/Rooms/RM.../Participants`
   * @param {object} properties names as in Twilio's answers
   * @param {{account?: string}} [whose] SID; absent for the first account
   */
  async putResource(product, path, properties, whose = {}) {
    const { account } = optionsOf('putResource', whose, 'account');
    return this.send('PUT', `/resources/${encodeURIComponent(product)}/${path.replace(/^\/+/, '')}${queryText({ account })}`, properties);
  }

  /** Links of SMPP, gateways first: who is bound, and what waits. @returns {Promise<{name: string, role: string, system_id: string, address: string | null, numbers: string[], sessions: {mode: string, peer: string, bound_at: string, in_flight: number, unanswered: number}[], waiting: number}[]>} */
  async smppLinks() { return (await this.send('GET', '/smpp/links')).links; }

  /** The root certificate that clients of the TLS port and the proxy are to trust, PEM. */
  caPem() { return this.#wire.text('/ca.pem'); }

  /** The machine's own roots and that one, PEM. */
  caBundlePem() { return this.#wire.text('/ca-bundle.pem'); }

  /** A call that this client has no method for. @param {string} method @param {string} path below `/_emu/v1` @param {object} [body] */
  async send(method, path, body) { return (await this.#wire.ask(method, path, body, { asked: body?.within ? durationMs(body.within) : 0 })).json; }
}

/** Server-Sent Events of a body (html.spec.whatwg.org, 9.2): the emulator writes `\n` alone. */
async function* eventsOf(body) {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split('\n');
      const valueOf = (name) => lines.filter((l) => l.startsWith(`${name}:`)).map((l) => l.slice(name.length + 1).replace(/^ /, ''));
      const data = valueOf('data');
      if (data.length > 0) yield { event: valueOf('event')[0] ?? 'message', data: data.join('\n') };
    }
  }
}
