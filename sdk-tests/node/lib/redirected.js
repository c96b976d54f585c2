// The SDK, every product of it, led to an emulator: https://verify.twilio.com/v2 becomes URL/verify/v2.
import twilio from './sdk.js';

/** Where a URL of Twilio's is to be had at an emulator. */
export const hereOf = (base, url) => url.replace(/^https:\/\/([a-z-]+)(?:\.[a-z0-9.-]+)?\.twilio\.com(?=\/)/, (_, product) => `${base}/${product}`);

/** Sends what is meant for a host of Twilio's to the emulator; remembers the last request. */
class RedirectingClient extends twilio.RequestClient {
  constructor(url, options) {
    super({ timeout: 20_000, ...options });
    this.url = url;
    this.count = 0;
    this.seen = null;
  }

  request(options) {
    const uri = hereOf(this.url, options.uri);
    this.count++;
    this.seen = `${options.method.toUpperCase()} ${uri.slice(this.url.length)} ${JSON.stringify(options.data ?? options.params ?? {})}`;
    return super.request({ ...options, uri });
  }
}

/** A client of the SDK and the HTTP client under it, with options of the SDK's own HTTP client; an API key's needs its accountSid. */
export function redirected(url, sid, token, { accountSid, ...options } = {}) {
  const http = new RedirectingClient(url, options);
  return { client: twilio(sid, token, { httpClient: http, accountSid }), http };
}
