import { Call } from './call.js';
import { Handset } from './handset.js';
/**
 * Answers are the control API's own JSON, keys spelt as there. Durations are the world's time: milliseconds, or texts such as `5s`.
 * Every call throws an EmulatorError for the emulator's no, and an Error where nobody answers within `patience` (real ms).
 */
export declare class EmulatorClient {
    #private;
    /** @param {string | URL} baseUrl `http://127.0.0.1:4010` @param {{patience?: number, controlToken?: string | null}} [options] controlToken: what the control API asks for, else `TWILIOEMU_CONTROL_TOKEN` of the environment */
    constructor(baseUrl: string | URL, options?: {
        patience?: number;
        controlToken?: string | null;
    });
    get baseUrl(): string;
    /** `{status, version, clock, seed}`. */
    health(): Promise<any>;
    /** Waits, in real time, until an emulator that was just started serves. */
    untilReady(): Promise<any>;
    /** Back to the configured start, seed included. Whatever else uses the emulator loses its things too. */
    reset(): Promise<any>;
    /**
     * Keeps the whole world in memory as it stands: `{id, at, records, entries}`. One kept under the same name goes.
     * @param {string} [name] 1 to 64 letters, digits, dashes, dots; a number unless told
     */
    snapshot(name?: string): Promise<any>;
    /** The worlds that are kept, the oldest first. */
    snapshots(): Promise<any>;
    /** Brings a kept world back, as often as wanted: clock, journal, queues, what is due. @param {string} id */
    restore(id: string): Promise<any>;
    /** `{mode, now, next_due, timers, holds}`. */
    clock(): Promise<any>;
    /** @param {string} mode `real`, `xN`, `auto` or `manual` */
    setClock(mode: string): Promise<any>;
    /** Moves virtual time; settles when all that fell due has run, webhooks included. @param {string | number} by */
    advance(by: string | number): Promise<any>;
    /**
     * Opens an account nobody else knows: tests with one each share an emulator without meeting.
     * @param {{friendlyName?: string, sid?: string, authToken?: string}} [account]
     * @returns {Promise<{sid: string, auth_token: string, friendly_name: string}>}
     */
    openAccount(account?: {
        friendlyName?: string;
        sid?: string;
        authToken?: string;
    }): Promise<{
        sid: string;
        auth_token: string;
        friendly_name: string;
    }>;
    /** A phone that no account owns. @param {string} number E.164 */
    handset(number: string): Handset;
    /** A call by its SID. @param {string} sid */
    call(sid: string): Call;
    /** Requests made to the app, oldest first: `{webhooks, next_after}`. @param {{after?: number, limit?: number, subject?: string, account?: string}} [query] */
    webhooks(query?: {
        after?: number;
        limit?: number;
        subject?: string;
        account?: string;
    }): Promise<any>;
    /** One of them whole: headers and parameters out, headers and body back, every attempt. @param {number} id */
    webhook(id: number): Promise<any>;
    /** Sends one of them again, and settles when it is answered. @param {number} id */
    replayWebhook(id: number): Promise<any>;
    /** A page of all that happened: `{entries, first_seq, last_seq, next_after}`. @param {{after?: number, kind?: string, subject?: string, account?: string, limit?: number}} [query] */
    journal(query?: {
        after?: number;
        kind?: string;
        subject?: string;
        account?: string;
        limit?: number;
    }): Promise<any>;
    /**
     * The journal as it is written, until the caller stops, the emulator goes away or its world is reset.
     * @param {{after?: number, kind?: string, subject?: string, account?: string}} [query] without `after` it begins with what happens next
     * @param {{signal?: AbortSignal}} [how]
     * @returns {AsyncGenerator<import('./errors.js').Entry>}
     */
    followJournal(query?: {
        after?: number;
        kind?: string;
        subject?: string;
        account?: string;
    }, how?: {
        signal?: AbortSignal;
    }): AsyncGenerator<import('./errors.js').Entry>;
    /**
     * Waits, moving virtual time, until the journal holds what is expected.
     * @param {{kind?: string, subject?: string, account?: string, data?: object}} match data: values to equal, or `{contains}`, `{matches}`, `{says}`, `{present}`, `{at_least, at_most}`
     * @param {{count?: number, within?: string | number, after?: number, strict?: boolean}} [how] count: at least so many (1); within: `5s`; strict: fails also for troubles nobody asked about
     * @returns {Promise<import('./errors.js').Entry[] & {also: import('./errors.js').AlsoSeen[]}>} also: such troubles
     * @throws {ExpectationFailedError} it did not happen in time; says what came nearest
     */
    expect(match: {
        kind?: string;
        subject?: string;
        account?: string;
        data?: object;
    }, how?: {
        count?: number;
        within?: string | number;
        after?: number;
        strict?: boolean;
    }): Promise<import('./errors.js').Entry[] & {
        also: import('./errors.js').AlsoSeen[];
    }>;
    /**
     * Waits the whole time, and sees to it that there are neither less nor more.
     * @param {{kind?: string, subject?: string, account?: string, data?: object}} match @param {number} exactly 0 for none at all
     * @param {{within?: string | number, after?: number, strict?: boolean}} [how]
     */
    expectExactly(match: {
        kind?: string;
        subject?: string;
        account?: string;
        data?: object;
    }, exactly: number, how?: {
        within?: string | number;
        after?: number;
        strict?: boolean;
    }): Promise<import("./errors.js").Entry[] & {
        also: import('./errors.js').AlsoSeen[];
    }>;
    /** How near operations come to the live service: `{counts, operations}`. @param {{product?: string, fidelity?: string}} [query] */
    fidelity(query?: {
        product?: string;
        fidelity?: string;
    }): Promise<any>;
    /**
     * Puts a resource where the live service's own doings would leave one.
     * @param {string} product host label: `video`
     * @param {string} path from the version on: `/v1/Rooms/RM.../Participants`
     * @param {object} properties names as in Twilio's answers
     * @param {{account?: string}} [whose] SID; absent for the first account
     */
    putResource(product: string, path: string, properties: object, whose?: {
        account?: string;
    }): Promise<any>;
    /** Links of SMPP, gateways first: who is bound, and what waits. @returns {Promise<{name: string, role: string, system_id: string, address: string | null, numbers: string[], sessions: {mode: string, peer: string, bound_at: string, in_flight: number, unanswered: number}[], waiting: number}[]>} */
    smppLinks(): Promise<{
        name: string;
        role: string;
        system_id: string;
        address: string | null;
        numbers: string[];
        sessions: {
            mode: string;
            peer: string;
            bound_at: string;
            in_flight: number;
            unanswered: number;
        }[];
        waiting: number;
    }[]>;
    /** The root certificate that clients of the TLS port and the proxy are to trust, PEM. */
    caPem(): Promise<string>;
    /** The machine's own roots and that one, PEM. */
    caBundlePem(): Promise<string>;
    /** A call that this client has no method for. @param {string} method @param {string} path below `/_emu/v1` @param {object} [body] */
    send(method: string, path: string, body?: object): Promise<any>;
}
