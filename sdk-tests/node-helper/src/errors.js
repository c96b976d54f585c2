// What goes wrong, and what it says.

/** The emulator refused a call of the control API. */
export class EmulatorError extends Error {
  /**
   * @param {number} status 400 for a bad field, 404 for what it does not know, 409 for what cannot be now, 501 for what it does not emulate
   * @param {string} detail what is wrong, in words
   * @param {string} call method and path
   */
  constructor(status, detail, call) {
    super(`${call} answered ${status}: ${detail}`);
    this.name = 'EmulatorError';
    this.status = status;
    this.detail = detail;
  }
}

/** What was expected did not happen. The message says what was, what came nearest, and how that differs. */
export class ExpectationFailedError extends Error {
  /**
   * @param {string} message
   * @param {{match: object, found: Entry[], nearest: NearMiss[], also?: AlsoSeen[]}} what also: what a strict claim failed for
   */
  constructor(message, { match, found, nearest, also = [] }) {
    super(message);
    this.name = 'ExpectationFailedError';
    this.match = match;
    this.found = found;
    this.nearest = nearest;
    this.also = also;
  }
}

/**
 * @typedef {object} Entry One thing that happened in the emulator's world.
 * @property {number} seq 1, 2, 3, ... without gaps
 * @property {string} at world time, ISO 8601, UTC
 * @property {string} account SID, or empty where it is nobody's
 * @property {string} kind dotted words: `message.delivered`, `handset.received`
 * @property {string} subject a SID, a phone number
 * @property {number} cause seq of the entry this one follows from, or 0
 * @property {Record<string, any>} data particulars
 */

/**
 * @typedef {object} NearMiss An entry that was almost what was waited for.
 * @property {Entry} entry
 * @property {string[]} because how it differs, one text for each thing
 */

/**
 * @typedef {object} AlsoSeen A trouble nobody asked about: an alert of level error, a script that waited in vain, something not emulated.
 * @property {string} told it in a sentence, with its cure where one is known
 * @property {Entry} entry
 */
