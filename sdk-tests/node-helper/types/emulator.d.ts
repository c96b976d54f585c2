import { EmulatorClient } from './client.js';
export type Emulator = {
    /**
     * where it is: REST, control API, forward proxy
     */
    url: string;
    /**
     * the same for TLS
     */
    tlsUrl: string | null;
    /**
     * the first account
     */
    accountSid: string;
    /**
     * its token; undefined where the config names accounts of its own
     */
    authToken: string | undefined;
    /**
     * the control API
     */
    client: EmulatorClient;
    /**
     * what it wrote to its terminal so far
     */
    said: string;
    /**
     * ends it, once or again
     */
    stop: () => Promise<void>;
};
/**
 * @typedef {object} Emulator
 * @property {string} url where it is: REST, control API, forward proxy
 * @property {string | null} tlsUrl the same for TLS
 * @property {string} accountSid the first account
 * @property {string | undefined} authToken its token; undefined where the config names accounts of its own
 * @property {EmulatorClient} client the control API
 * @property {string} said what it wrote to its terminal so far
 * @property {() => Promise<void>} stop ends it, once or again
 */
/**
 * Starts an emulator and settles when it serves. One that is never stopped ends with this process.
 * @param {object} [options]
 * @param {string} [options.program] executable, or a dll for `dotnet`; else `TWILIOEMU` of the environment, else `twilioemu` on the PATH
 * @param {string} [options.clock] `manual` (moves when something is waited for, or when told), `auto`, `real`, `xN`
 * @param {number} [options.seed] source of SIDs and chances
 * @param {string} [options.config] path of a config file
 * @param {string} [options.yaml] text of one
 * @param {number} [options.port] 0 picks a free one
 * @param {number} [options.httpsPort] 0 picks a free one
 * @param {string} [options.accountSid] of the first account, where the config names none
 * @param {string} [options.authToken] its token
 * @param {string[]} [options.args] more options of `twilioemu serve`
 * @param {NodeJS.ProcessEnv} [options.env] added to this process's
 * @param {number} [options.patience] real ms until it must serve, and for every call of its client
 * @returns {Promise<Emulator>}
 */
export declare function startEmulator(options?: {
    program?: string;
    clock?: string;
    seed?: number;
    config?: string;
    yaml?: string;
    port?: number;
    httpsPort?: number;
    accountSid?: string;
    authToken?: string;
    args?: string[];
    env?: NodeJS.ProcessEnv;
    patience?: number;
}): Promise<Emulator>;
