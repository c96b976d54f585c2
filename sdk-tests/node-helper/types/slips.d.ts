/**
 * The options of a call, after refusing those that it does not have: they would do nothing, and nobody would know.
 * @template {object} T
 * @param {string} where the call, as it is written
 * @param {T} given
 * @param {string[]} known
 * @returns {T}
 */
export declare function optionsOf<T extends object>(where: string, given: T, ...known: string[]): T;
/**
 * Where an emulator is, without what stands behind.
 * @param {string | URL} baseUrl
 * @returns {string}
 */
export declare function baseOf(baseUrl: string | URL): string;
export declare const shown: (value: any) => string;
