/** Real time a call may take, besides what it asks to wait for, in ms. */
export declare const usualPatience = 30000;
/** A duration as the control API spells it: text such as `250ms`, `5s`, `2m`, `1h` as it is, a number as milliseconds. */
export declare function durationText(duration: any): string;
/** The same in ms; 0 for what the emulator will refuse itself. */
export declare function durationMs(duration: any): number;
/** `?a=1&b=2` of what is defined. */
export declare function queryText(values: any): string;
/** Speaks to the control API of one emulator. */
export declare class Wire {
    #private;
    baseUrl: string;
    patience: number;
    /** @param {string | URL} baseUrl @param {number} patience ms @param {string | null} [controlToken] what the control API asks for */
    constructor(baseUrl: string | URL, patience: number, controlToken?: string | null);
    /** Asks, and gives the JSON of a 2xx answer, or of the one other status that is wanted too. */
    ask(method: any, path: any, body: any, { asked, alsoTaken }?: {
        alsoTaken?: number | undefined;
        asked?: number | undefined;
    }): Promise<{
        status: number;
        json: any;
    }>;
    /** Asks for a file. @returns {Promise<Uint8Array>} */
    bytes(path: any): Promise<Uint8Array>;
    /** Posts a file. @param {Uint8Array} file */
    post(path: any, file: Uint8Array): Promise<void>;
    /** Asks for text. */
    text(path: any): Promise<string>;
    /** Asks for an answer without an end. */
    open(path: any, signal: any): Promise<Response>;
}
