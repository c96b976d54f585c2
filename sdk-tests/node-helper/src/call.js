// A call, and the person at its far end.
import { expectEntries } from './expectation.js';
import { optionsOf } from './slips.js';
import { durationText, queryText } from './wire.js';

/** Acts throw an EmulatorError with status 404 for a call nobody knows, 409 for what cannot be now (keys before it is answered). */
export class Call {
  #wire;

  /** @param {import('./wire.js').Wire} wire @param {string} sid `CA` and 32 hex digits */
  constructor(wire, sid) {
    this.#wire = wire;
    this.sid = sid;
  }

  /** Picks up a handset that is driven from outside and rings. Where several take part, `handset` says which one acts. @param {{handset?: string}} [whose] */
  answer(whose = {}) { return this.#act('answer', 'answer', {}, whose); }

  /** Presses keys: `0-9 A-D * #`, and `w`, `W` to wait half and whole seconds. @param {string} digits @param {{handset?: string}} [whose] */
  press(digits, whose = {}) { return this.#act('press', 'digits', { digits }, whose); }

  /** Says words, which a `<Gather>` for speech understands. @param {string} text @param {{handset?: string}} [whose] */
  say(text, whose = {}) { return this.#act('say', 'speech', { text }, whose); }

  /** @param {{handset?: string}} [whose] */
  hangUp(whose = {}) { return this.#act('hangUp', 'hangup', {}, whose); }

  /** Does any deed of a phone's owner, in the words of scripts: `{says: 'sales please'}`. @param {object} deed @param {{handset?: string}} [whose] */
  act(deed, whose = {}) { return this.#act('act', 'act', deed, whose); }

  /** Plays a sound into the phone, after what its owner does already: a WAV, MP3, AIFF or AU file. @param {Uint8Array} file 8 MB at most @param {{handset?: string}} [whose] */
  async play(file, whose = {}) {
    const { handset } = optionsOf('play', whose, 'handset');
    await this.#wire.post(`/calls/${encodeURIComponent(this.sid)}/audio${queryText({ handset })}`, file);
  }

  /**
   * What a party heard or said, as a WAV file of 16 bits and 8 kHz.
   * @param {{party?: string, side?: 'heard' | 'said' | 'both', from?: string | number, length?: string | number}} [what] party: a number in the call, or in one
   *   that it dialled; both: what it said is the first channel; from: counted from the answer
   * @returns {Promise<Uint8Array>}
   */
  async audio(what = {}) {
    const { party, side, from, length } = optionsOf('audio', what, 'party', 'side', 'from', 'length');
    const text = (duration) => (duration === undefined ? undefined : durationText(duration));
    return this.#wire.bytes(`/calls/${encodeURIComponent(this.sid)}/audio.wav${queryText({ party, side, from: text(from), for: text(length) })}`);
  }

  /** What was said in it so far: `{call_sid, lines: [{seq, at, what, who, words, digits, ...}]}`. */
  async transcript() { return (await this.#wire.ask('GET', `/calls/${encodeURIComponent(this.sid)}/transcript`)).json; }

  /**
   * Waits until words are heard in it: case and white space aside, or a regular expression between slashes.
   * @param {string} words
   * @param {{by?: string, within?: string | number}} [how] by: the number that hears them
   */
  async shouldHear(words, how = {}) {
    const { by, within } = optionsOf('shouldHear', how, 'by', 'within');
    const data = by === undefined ? { words: { says: words } } : { words: { says: words }, who: by };
    return this.#first(`call ${this.sid} should hear "${words}"`, { kind: 'call.heard', subject: this.sid, data }, within);
  }

  /** Waits until the app has gathered keys or speech in it. @param {{digits?: string, speech?: string, within?: string | number}} [what] */
  async shouldGather(what = {}) {
    const { digits, speech, within } = optionsOf('shouldGather', what, 'digits', 'speech', 'within');
    const data = { ...(digits === undefined ? {} : { digits }), ...(speech === undefined ? {} : { speech: { says: speech } }) };
    return this.#first(`call ${this.sid} should gather`, { kind: 'call.gathered', subject: this.sid, ...(Object.keys(data).length > 0 ? { data } : {}) }, within);
  }

  /**
   * Waits until it has had a status, in Twilio's word.
   * @param {'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'} status
   * @param {{within?: string | number}} [how]
   */
  async shouldBecome(status, how = {}) {
    const { within } = optionsOf('shouldBecome', how, 'within');
    return this.#first(`call ${this.sid} should become ${status}`, { kind: `call.${status}`, subject: this.sid }, within);
  }

  async #first(claim, match, within) { return (await expectEntries(this.#wire, match, { within, claim }))[0]; }

  async #act(name, act, body, whose) {
    const { handset } = optionsOf(name, whose, 'handset');
    await this.#wire.ask('POST', `/calls/${encodeURIComponent(this.sid)}/${act}`, handset === undefined ? body : { ...body, handset });
  }
}
