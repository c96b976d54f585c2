// A phone at the far end of the network, and what it should receive.
import { Call } from './call.js';
import { Findings } from './expectation.js';
import { optionsOf, shown as told } from './slips.js';

/**
 * @typedef {object} Behaviour How a phone behaves; what is not said is as usual.
 * @property {true | string} [answers] rings so long, then answers; one of these seven at most
 * @property {true | string} [busy]
 * @property {true | string} [no_answer]
 * @property {true | string} [rejects]
 * @property {true | string} [machine]
 * @property {true | string} [unreachable]
 * @property {true | string} [fax]
 * @property {string} [greeting] said first: by a machine, or a person
 * @property {boolean} [beep] false: a machine without one
 * @property {boolean} [driven_from_outside] the test answers, presses and speaks; virtual time waits for it
 * @property {object[]} [script] one-verb steps: `{hears: 'press 1'}, {presses: '1'}, {hangs_up: true}`
 * @property {{status?: 'delivered' | 'undelivered' | 'failed' | 'no-receipt', error_code?: number, delay?: string}} [texts]
 */

/**
 * @typedef {object} Text
 * @property {string} at world time, ISO 8601
 * @property {string} message_sid empty between two phones
 * @property {string} from
 * @property {string} to
 * @property {string} body
 * @property {string[]} media_urls
 */

/** Waits move virtual time. Each text and each ring is found once by one object: two waits for the same words need two texts. */
export class Handset {
  #wire;
  #path;
  #findings = new Findings();

  /** @param {import('./wire.js').Wire} wire @param {string} number E.164 */
  constructor(wire, number) {
    this.#wire = wire;
    this.#path = `/handsets/${encodeURIComponent(number)}`;
    this.number = number;
  }

  /** What it has received, sent, heard and uttered, and the calls it is in. */
  async state() { return (await this.#wire.ask('GET', this.#path)).json; }

  /** Says how it behaves from now on, as a whole. @param {Behaviour} behaviour */
  async configure(behaviour) { return (await this.#wire.ask('PUT', this.#path, behaviour)).json; }

  /**
   * Its owner texts. Returns at once; the app is asked later: wait for what it does.
   * @param {string} to a number or a short code
   * @param {string} body up to 1600 characters
   * @param {{mediaUrls?: string[]}} [more]
   * @returns {Promise<{message_sid: string | null, from: string, to: string}>}
   */
  async text(to, body, more = {}) {
    const { mediaUrls } = optionsOf('text', more, 'mediaUrls');
    return (await this.#wire.ask('POST', `${this.#path}/messages`, { to, body, ...(mediaUrls ? { media_urls: mediaUrls } : {}) })).json;
  }

  /**
   * Its owner taps a button of what a channel's sender sent.
   * @param {string} to `whatsapp:+14155238886` @param {string} title what the button says
   */
  async tap(to, title) { return (await this.#wire.ask('POST', `${this.#path}/messages`, { to, taps: title })).json; }

  /** Its owner picks an item of a list that a channel's sender sent. @param {string} to @param {string} title */
  async pick(to, title) { return (await this.#wire.ask('POST', `${this.#path}/messages`, { to, picks: title })).json; }

  /** Its owner shares a place. @param {string} to @param {{latitude: number, longitude: number, label?: string, address?: string}} place */
  async share(to, place) { return (await this.#wire.ask('POST', `${this.#path}/messages`, { to, shares: place })).json; }

  /**
   * Its owner dials; an app's own phone (`client:alice`) connects to a TwiML App (`app:AP...`).
   * @param {string} to
   * @param {{script?: object[], parameters?: Record<string, string>, forwardedFrom?: string, stirVerstat?: string}} [how]
   * script: what the owner does; absent, what the phone is configured to do. parameters: given to the TwiML App. forwardedFrom: who was called first and
   * sends the call on. stirVerstat: how far carriers proved the caller's number, `TN-Validation-Passed-A` and kin
   */
  async dial(to, how = {}) {
    const { script, parameters, forwardedFrom, stirVerstat } = optionsOf('dial', how, 'script', 'parameters', 'forwardedFrom', 'stirVerstat');
    const call = { to, script, parameters, forwarded_from: forwardedFrom, stir_verstat: stirVerstat };
    const { call_sid: sid } = (await this.#wire.ask('POST', `${this.#path}/calls`, call)).json;
    return new Call(this.#wire, sid);
  }

  /**
   * Waits for a text.
   * @param {string | RegExp} [body] a part of it, letter for letter, or an expression it matches; absent for any text
   * @param {{from?: string, within?: string | number}} [how]
   * @returns {Promise<Text>}
   * @throws {ExpectationFailedError} none came; those that came near are in the message
   */
  async shouldReceive(body, how = {}) {
    const { from, within } = optionsOf('shouldReceive', how, 'from', 'within');
    const { at, data } = await this.#findings.next(this.#wire, this.#texts(body, from), { within, claim: `${this.number} should receive ${shown(body, from)}` });
    return { at, ...data };
  }

  /**
   * Waits for a one-time code, texted or spoken, by Verify or by the app itself; each is found once.
   * @param {{service?: string, within?: string | number}} [how] service: whose, as the text names it
   * @returns {Promise<string>} as it is to be typed
   * @throws {ExpectationFailedError} none came
   */
  async code(how = {}) {
    const { service, within } = optionsOf('code', how, 'service', 'within');
    const match = { kind: 'handset.code', subject: this.number, ...(service === undefined ? {} : { data: { service } }) };
    return (await this.#findings.next(this.#wire, match, { within, claim: `${this.number} should get a code${service === undefined ? '' : ` of ${service}`}` })).data.code;
  }

  /**
   * Waits the whole time, and sees to it that no text comes besides those already found by this object.
   * @param {string | RegExp} [body] @param {{from?: string, within?: string | number}} [how]
   */
  async shouldNotReceive(body, how = {}) {
    const { from, within } = optionsOf('shouldNotReceive', how, 'from', 'within');
    await this.#findings.none(this.#wire, this.#texts(body, from), { within, claim: `${this.number} should not receive ${shown(body, from)}` });
  }

  /** Waits until a call rings it, answered since or not. @param {{from?: string, within?: string | number}} [how] @returns {Promise<Call>} */
  async shouldRing(how = {}) {
    const { from, within } = optionsOf('shouldRing', how, 'from', 'within');
    const match = { kind: 'handset.ringing', subject: this.number, ...(from === undefined ? {} : { data: { from } }) };
    const { data } = await this.#findings.next(this.#wire, match, { within, claim: `${this.number} should ring` });
    return new Call(this.#wire, data.call_sid);
  }

  #texts(body, from) {
    const data = {};
    // Case does not matter to the emulator's expressions, whatever the flags say.
    if (body instanceof RegExp) data.body = { matches: body.source };
    else if (typeof body === 'string') data.body = { contains: body };
    else if (body !== undefined) throw new TypeError(`a text is looked for by its words, or by an expression, not by ${told(body)}`);
    if (from !== undefined) data.from = from;
    return { kind: 'handset.received', subject: this.number, ...(Object.keys(data).length > 0 ? { data } : {}) };
  }
}

const shown = (body, from) => `${body === undefined ? 'a text' : body instanceof RegExp ? `a text like ${body}` : `"${body}"`}${from === undefined ? '' : ` from ${from}`}`;
