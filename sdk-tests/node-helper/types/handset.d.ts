import { Call } from './call.js';
export type Behaviour = {
    /**
     * rings so long, then answers; one of these seven at most
     */
    answers?: true | string;
    busy?: true | string;
    no_answer?: true | string;
    rejects?: true | string;
    machine?: true | string;
    unreachable?: true | string;
    fax?: true | string;
    /**
     * said first: by a machine, or a person
     */
    greeting?: string;
    /**
     * false: a machine without one
     */
    beep?: boolean;
    /**
     * the test answers, presses and speaks; virtual time waits for it
     */
    driven_from_outside?: boolean;
    /**
     * one-verb steps: `{hears: 'press 1'}, {presses: '1'}, {hangs_up: true}`
     */
    script?: object[];
    texts?: {
        status?: 'delivered' | 'undelivered' | 'failed' | 'no-receipt';
        error_code?: number;
        delay?: string;
    };
};
export type Text = {
    /**
     * world time, ISO 8601
     */
    at: string;
    /**
     * empty between two phones
     */
    message_sid: string;
    from: string;
    to: string;
    body: string;
    media_urls: string[];
};
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
export declare class Handset {
    #private;
    number: string;
    /** @param {import('./wire.js').Wire} wire @param {string} number E.164 */
    constructor(wire: import('./wire.js').Wire, number: string);
    /** What it has received, sent, heard and uttered, and the calls it is in. */
    state(): Promise<any>;
    /** Says how it behaves from now on, as a whole. @param {Behaviour} behaviour */
    configure(behaviour: Behaviour): Promise<any>;
    /**
     * Its owner texts. Returns at once; the app is asked later: wait for what it does.
     * @param {string} to a number or a short code
     * @param {string} body up to 1600 characters
     * @param {{mediaUrls?: string[]}} [more]
     * @returns {Promise<{message_sid: string | null, from: string, to: string}>}
     */
    text(to: string, body: string, more?: {
        mediaUrls?: string[];
    }): Promise<{
        message_sid: string | null;
        from: string;
        to: string;
    }>;
    /**
     * Its owner taps a button of what a channel's sender sent.
     * @param {string} to `whatsapp:+14155238886` @param {string} title what the button says
     */
    tap(to: string, title: string): Promise<any>;
    /** Its owner picks an item of a list that a channel's sender sent. @param {string} to @param {string} title */
    pick(to: string, title: string): Promise<any>;
    /** Its owner shares a place. @param {string} to @param {{latitude: number, longitude: number, label?: string, address?: string}} place */
    share(to: string, place: {
        latitude: number;
        longitude: number;
        label?: string;
        address?: string;
    }): Promise<any>;
    /**
     * Its owner dials; an app's own phone (`client:alice`) connects to a TwiML App (`app:AP...`).
     * @param {string} to
     * @param {{script?: object[], parameters?: Record<string, string>, forwardedFrom?: string, stirVerstat?: string}} [how]
     * script: what the owner does; absent, what the phone is configured to do. parameters: given to the TwiML App. forwardedFrom: who was called first and
     * sends the call on. stirVerstat: how far carriers proved the caller's number, `TN-Validation-Passed-A` and kin
     */
    dial(to: string, how?: {
        script?: object[];
        parameters?: Record<string, string>;
        forwardedFrom?: string;
        stirVerstat?: string;
    }): Promise<Call>;
    /**
     * Waits for a text.
     * @param {string | RegExp} [body] a part of it, letter for letter, or an expression it matches; absent for any text
     * @param {{from?: string, within?: string | number}} [how]
     * @returns {Promise<Text>}
     * @throws {ExpectationFailedError} none came; those that came near are in the message
     */
    shouldReceive(body?: string | RegExp, how?: {
        from?: string;
        within?: string | number;
    }): Promise<Text>;
    /**
     * Waits for a one-time code, texted or spoken, by Verify or by the app itself; each is found once.
     * @param {{service?: string, within?: string | number}} [how] service: whose, as the text names it
     * @returns {Promise<string>} as it is to be typed
     * @throws {ExpectationFailedError} none came
     */
    code(how?: {
        service?: string;
        within?: string | number;
    }): Promise<string>;
    /**
     * Waits the whole time, and sees to it that no text comes besides those already found by this object.
     * @param {string | RegExp} [body] @param {{from?: string, within?: string | number}} [how]
     */
    shouldNotReceive(body?: string | RegExp, how?: {
        from?: string;
        within?: string | number;
    }): Promise<void>;
    /** Waits until a call rings it, answered since or not. @param {{from?: string, within?: string | number}} [how] @returns {Promise<Call>} */
    shouldRing(how?: {
        from?: string;
        within?: string | number;
    }): Promise<Call>;
}
