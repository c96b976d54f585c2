// Leads npm `twilio` to an emulator.
import { baseOf } from './slips.js';

const leads = Symbol('twilioemu.baseUrl');

/**
 * Where a URL leads: `https://verify.twilio.com/v2/Services` becomes `BASE/verify/v2/Services`, `https://api.dublin.ie1.twilio.com/2010-04-01/...`
 * becomes `BASE/2010-04-01/...`. Every name below twilio.com is taken, so that no test reaches the live service; others are left alone.
 * @param {string | URL} uri @param {string | URL} baseUrl @returns {string}
 */
export function redirected(uri, baseUrl) {
  const url = new URL(uri);
  const host = url.hostname.replace(/\.$/, '');
  if (!/^https?:$/.test(url.protocol) || !(host === 'twilio.com' || host.endsWith('.twilio.com'))) return String(uri);
  const product = host.slice(0, -'twilio.com'.length).split('.')[0];
  const isBare = product === '' || (product === 'api' && /^\/2010-04-01(?=$|[/.])/.test(url.pathname));
  return `${String(baseUrl).replace(/\/+$/, '')}${isBare ? '' : `/${product}`}${url.pathname}${url.search}`;
}

/**
 * Leads all requests of an SDK client (npm `twilio`; 5 and 6 are tested), of every product, region and edge, to an emulator.
 * Called again it leads elsewhere. Clients that share an HTTP client are led together.
 * @template T
 * @param {T} client `twilio(sid, token)`
 * @param {string | URL} baseUrl `http://127.0.0.1:4010`
 * @returns {T} the client
 */
export function redirect(client, baseUrl) {
  const base = baseOf(baseUrl);
  const http = client?.httpClient;
  if (typeof http?.request !== 'function') {
    const cure = typeof client === 'function' ? ': twilio(sid, token) makes one' : ': it has no httpClient with a request method';
    throw new TypeError(`this is no client of npm "twilio"${cure}`);
  }
  if (http[leads] === undefined) {
    const send = http.request;
    http.request = function request(options) {
      return send.call(this, { ...options, uri: redirected(options.uri, http[leads]) });
    };
  }
  http[leads] = base;
  return client;
}
