/**
 * Where a URL leads: `https://verify.twilio.com/v2/Services` becomes `BASE/verify/v2/Services`, `https://api.dublin.ie1.twilio.com/2010-04-01/...`
 * becomes `BASE/2010-04-01/...`. Every name below twilio.com is taken, so that no test reaches the live service; others are left alone.
 * @param {string | URL} uri @param {string | URL} baseUrl @returns {string}
 */
export declare function redirected(uri: string | URL, baseUrl: string | URL): string;
/**
 * Leads all requests of an SDK client (npm `twilio`; 5 and 6 are tested), of every product, region and edge, to an emulator.
 * Called again it leads elsewhere. Clients that share an HTTP client are led together.
 * @template T
 * @param {T} client `twilio(sid, token)`
 * @param {string | URL} baseUrl `http://127.0.0.1:4010`
 * @returns {T} the client
 */
export declare function redirect<T>(client: T, baseUrl: string | URL): T;
