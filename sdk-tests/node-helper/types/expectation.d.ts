/**
 * One call of `POST /expect`.
 * @param {import('./wire.js').Wire} wire
 * @param {object} match kind (`message.*`), subject, account, data
 * @param {{count?: number, exactly?: number, within?: string | number, after?: number, strict?: boolean, claim?: string}} how
 * @returns {Promise<import('./errors.js').Entry[] & {also: import('./errors.js').AlsoSeen[]}>}
 */
export declare function expectEntries(wire: import('./wire.js').Wire, match: object, { count, exactly, within, after, strict, claim }?: {
    count?: number;
    exactly?: number;
    within?: string | number;
    after?: number;
    strict?: boolean;
    claim?: string;
}): Promise<import('./errors.js').Entry[] & {
    also: import('./errors.js').AlsoSeen[];
}>;
/** What one object has found already, so that nothing is found twice. */
export declare class Findings {
    #private;
    /** The oldest matching entry that was not found before. */
    next(wire: any, match: any, how: any): Promise<import("./errors.js").Entry>;
    /** Waits the whole time; returns when all that matches was found before. */
    none(wire: any, match: any, how: any): Promise<void>;
}
