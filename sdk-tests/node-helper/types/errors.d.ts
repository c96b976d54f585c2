/** The emulator refused a call of the control API. */
export declare class EmulatorError extends Error {
    status: number;
    detail: string;
    /**
     * @param {number} status 400 for a bad field, 404 for what it does not know, 409 for what cannot be now, 501 for what it does not emulate
     * @param {string} detail what is wrong, in words
     * @param {string} call method and path
     */
    constructor(status: number, detail: string, call: string);
}
/** What was expected did not happen. The message says what was, what came nearest, and how that differs. */
export declare class ExpectationFailedError extends Error {
    match: object;
    found: Entry[];
    nearest: NearMiss[];
    also: AlsoSeen[];
    /**
     * @param {string} message
     * @param {{match: object, found: Entry[], nearest: NearMiss[], also?: AlsoSeen[]}} what also: what a strict claim failed for
     */
    constructor(message: string, { match, found, nearest, also }: {
        match: object;
        found: Entry[];
        nearest: NearMiss[];
        also?: AlsoSeen[];
    });
}
export type Entry = {
    /**
     * 1, 2, 3, ... without gaps
     */
    seq: number;
    /**
     * world time, ISO 8601, UTC
     */
    at: string;
    /**
     * SID, or empty where it is nobody's
     */
    account: string;
    /**
     * dotted words: `message.delivered`, `handset.received`
     */
    kind: string;
    /**
     * a SID, a phone number
     */
    subject: string;
    /**
     * seq of the entry this one follows from, or 0
     */
    cause: number;
    /**
     * particulars
     */
    data: Record<string, any>;
};
export type NearMiss = {
    entry: Entry;
    /**
     * how it differs, one text for each thing
     */
    because: string[];
};
export type AlsoSeen = {
    /**
     * it in a sentence, with its cure where one is known
     */
    told: string;
    entry: Entry;
};
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
