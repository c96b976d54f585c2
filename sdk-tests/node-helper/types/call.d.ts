/** Acts throw an EmulatorError with status 404 for a call nobody knows, 409 for what cannot be now (keys before it is answered). */
export declare class Call {
    #private;
    sid: string;
    /** @param {import('./wire.js').Wire} wire @param {string} sid `CA` and 32 hex digits */
    constructor(wire: import('./wire.js').Wire, sid: string);
    /** Picks up a handset that is driven from outside and rings. Where several take part, `handset` says which one acts. @param {{handset?: string}} [whose] */
    answer(whose?: {
        handset?: string;
    }): Promise<void>;
    /** Presses keys: `0-9 A-D * #`, and `w`, `W` to wait half and whole seconds. @param {string} digits @param {{handset?: string}} [whose] */
    press(digits: string, whose?: {
        handset?: string;
    }): Promise<void>;
    /** Says words, which a `<Gather>` for speech understands. @param {string} text @param {{handset?: string}} [whose] */
    say(text: string, whose?: {
        handset?: string;
    }): Promise<void>;
    /** @param {{handset?: string}} [whose] */
    hangUp(whose?: {
        handset?: string;
    }): Promise<void>;
    /** Does any deed of a phone's owner, in the words of scripts: `{says: 'sales please'}`. @param {object} deed @param {{handset?: string}} [whose] */
    act(deed: object, whose?: {
        handset?: string;
    }): Promise<void>;
    /** Plays a sound into the phone, after what its owner does already: a WAV, MP3, AIFF or AU file. @param {Uint8Array} file 8 MB at most @param {{handset?: string}} [whose] */
    play(file: Uint8Array, whose?: {
        handset?: string;
    }): Promise<void>;
    /**
     * What a party heard or said, as a WAV file of 16 bits and 8 kHz.
     * @param {{party?: string, side?: 'heard' | 'said' | 'both', from?: string | number, length?: string | number}} [what] party: a number in the call, or in one
     *   that it dialled; both: what it said is the first channel; from: counted from the answer
     * @returns {Promise<Uint8Array>}
     */
    audio(what?: {
        party?: string;
        side?: 'heard' | 'said' | 'both';
        from?: string | number;
        length?: string | number;
    }): Promise<Uint8Array>;
    /** What was said in it so far: `{call_sid, lines: [{seq, at, what, who, words, digits, ...}]}`. */
    transcript(): Promise<any>;
    /**
     * Waits until words are heard in it: case and white space aside, or a regular expression between slashes.
     * @param {string} words
     * @param {{by?: string, within?: string | number}} [how] by: the number that hears them
     */
    shouldHear(words: string, how?: {
        by?: string;
        within?: string | number;
    }): Promise<import("./errors.js").Entry>;
    /** Waits until the app has gathered keys or speech in it. @param {{digits?: string, speech?: string, within?: string | number}} [what] */
    shouldGather(what?: {
        digits?: string;
        speech?: string;
        within?: string | number;
    }): Promise<import("./errors.js").Entry>;
    /**
     * Waits until it has had a status, in Twilio's word.
     * @param {'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'} status
     * @param {{within?: string | number}} [how]
     */
    shouldBecome(status: 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled', how?: {
        within?: string | number;
    }): Promise<import("./errors.js").Entry>;
}
