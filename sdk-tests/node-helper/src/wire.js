// Calls of the control API: JSON out, JSON back, problems as errors.
import { EmulatorError } from './errors.js';
import { baseOf } from './slips.js';

/** Real time a call may take, besides what it asks to wait for, in ms. */
export const usualPatience = 30_000;

/** A duration as the control API spells it: text such as `250ms`, `5s`, `2m`, `1h` as it is, a number as milliseconds. */
export function durationText(duration) {
  if (typeof duration === 'string') return duration;
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return `${duration}ms`;
  throw new TypeError(`${duration} is no duration: say milliseconds, or a text such as "5s"`);
}

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The same in ms; 0 for what the emulator will refuse itself. */
export function durationMs(duration) {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(durationText(duration)) ?? [];
  return amount === undefined ? 0 : Number(amount) * unitMs[unit];
}

/** `?a=1&b=2` of what is defined. */
export function queryText(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Speaks to the control API of one emulator. */
export class Wire {
  #token;

  /** @param {string | URL} baseUrl @param {number} patience ms @param {string | null} [controlToken] what the control API asks for */
  constructor(baseUrl, patience, controlToken = process.env.TWILIOEMU_CONTROL_TOKEN) {
    this.baseUrl = baseOf(baseUrl);
    this.patience = patience;
    this.#token = controlToken && controlToken !== 'off' ? controlToken : null;
  }

  /** Asks, and gives the JSON of a 2xx answer, or of the one other status that is wanted too. */
  async ask(method, path, body, { asked = 0, alsoTaken = 0 } = {}) {
    const { status, bytes } = await this.#exchange(method, path, body, asked);
    const text = textOf(bytes);
    if ((status < 200 || status > 299) && status !== alsoTaken) throw new EmulatorError(status, detailOf(text), `${method} ${path}`);
    try {
      return { status, json: JSON.parse(text) };
    } catch {
      throw new EmulatorError(status, `the answer is no JSON: ${short(text)}`, `${method} ${path}`);
    }
  }

  /** Asks for a file. @returns {Promise<Uint8Array>} */
  async bytes(path) {
    const { status, bytes } = await this.#exchange('GET', path, undefined, 0);
    if (status !== 200) throw new EmulatorError(status, detailOf(textOf(bytes)), `GET ${path}`);
    return bytes;
  }

  /** Posts a file. @param {Uint8Array} file */
  async post(path, file) {
    const { status, bytes } = await this.#exchange('POST', path, file, 0);
    if (status < 200 || status > 299) throw new EmulatorError(status, detailOf(textOf(bytes)), `POST ${path}`);
  }

  /** Asks for text. */
  async text(path) {
    return textOf(await this.bytes(path));
  }

  /** Asks for an answer without an end. */
  async open(path, signal) {
    const response = await fetch(this.#url(path), { headers: this.#headers({ accept: 'text/event-stream' }), signal });
    if (!response.ok) throw new EmulatorError(response.status, detailOf(await response.text()), `GET ${path}`);
    return response;
  }

  #headers(more) {
    return this.#token === null ? more : { ...more, authorization: `Bearer ${this.#token}` };
  }

  #url(path) {
    return `${this.baseUrl}/_emu/v1${path}`;
  }

  async #exchange(method, path, body, asked) {
    const limit = this.patience + asked;
    const hasBody = method === 'POST' || method === 'PUT';
    const isFile = body instanceof Uint8Array;
    try {
      const response = await fetch(this.#url(path), {
        method,
        headers: this.#headers(hasBody ? { 'content-type': isFile ? 'application/octet-stream' : 'application/json' } : {}),
        body: isFile ? body : hasBody ? JSON.stringify(body ?? {}) : undefined,
        signal: AbortSignal.timeout(limit),
      });
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (fault) {
      if (fault?.name === 'TimeoutError') throw new Error(`${method} ${path} was not answered after ${limit} ms${await this.#holds()}`, { cause: fault });
      throw new Error(`${method} ${this.#url(path)}: ${fault?.cause?.message || fault?.message || fault}`, { cause: fault });
    }
  }

  /** What virtual time waits for, in words; empty where nobody can tell. */
  async #holds() {
    try {
      const clock = await (await fetch(this.#url('/clock'), { headers: this.#headers({}), signal: AbortSignal.timeout(2000) })).json();
      return clock.holds?.length > 0 ? `; time (${clock.mode}) is held by: ${clock.holds.join(', ')}` : '';
    } catch {
      return '';
    }
  }
}

const textOf = (bytes) => new TextDecoder().decode(bytes);

function detailOf(text) {
  try {
    const { detail } = JSON.parse(text);
    if (typeof detail === 'string') return detail;
  } catch {
    // No problem document: some other server answered, and its own words are shown.
  }
  return short(text);
}

const short = (text) => (text.trim() === '' ? '(no body)' : text.length > 400 ? `${text.slice(0, 400)}...` : text.trim());
