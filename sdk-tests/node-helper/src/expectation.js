// Waits for what must happen, and tells what happened instead.
import { ExpectationFailedError } from './errors.js';
import { durationMs, durationText, queryText } from './wire.js';

/** World time waited for unless told; the emulator's own, also for stories. */
const usualWait = '5s';

const shownEntries = 8;
const shownTroubles = 3;
const lookedAt = 1000;

// What Twilio's debugger would show, scripts that heard nothing, and the emulator's own faults.
const troubles = ['alert', 'handset.script_failed', 'fault'];

/**
 * One call of `POST /expect`.
 * @param {import('./wire.js').Wire} wire
 * @param {object} match kind (`message.*`), subject, account, data
 * @param {{count?: number, exactly?: number, within?: string | number, after?: number, strict?: boolean, claim?: string}} how
 * @returns {Promise<import('./errors.js').Entry[] & {also: import('./errors.js').AlsoSeen[]}>}
 */
export async function expectEntries(wire, match, { count, exactly, within = usualWait, after = 0, strict, claim } = {}) {
  const body = { match, within: durationText(within), after, ...(strict ? { strict } : {}) };
  if (exactly === undefined) body.count = count ?? 1;
  else body.exactly = exactly;
  const { status, json } = await wire.ask('POST', '/expect', body, { asked: durationMs(within), alsoTaken: 408 });
  // What nobody asked about rides along: the entries are a plain array all the same.
  if (status !== 408) return Object.defineProperty(json.entries, 'also', { value: json.also ?? [] });
  const { entries: found, nearest = [], also = [], detail, see } = json;
  const message = [
    `${claim ? `${claim}: ` : ''}${detail}, looking for ${JSON.stringify(match)}`,
    ...found.slice(0, shownEntries).map((e) => `  found    ${lineOf(e)}`),
    ...nearest.flatMap((n) => [`  nearest  ${lineOf(n.entry)}`, ...n.because.map((why) => `           but ${why}`)]),
    ...(found.length > 0 || nearest.length > 0 ? [] : (await latest(wire, after)).map((e) => `  happened ${lineOf(e)}`)),
  ];
  for (const kind of troubles) message.push(...(await latest(wire, after, kind)).map((e) => `  trouble  ${lineOf(e)}`));
  if (see) message.push(`  see      ${see}`);
  throw new ExpectationFailedError(message.join('\n'), { match, found, nearest, also });
}

/** What one object has found already, so that nothing is found twice. */
export class Findings {
  #found = new Set();

  /** The oldest matching entry that was not found before. */
  async next(wire, match, how) {
    // Of the first N that match all may be known: then one more is waited for.
    for (let count = 1; ;) {
      const entries = await expectEntries(wire, match, { ...how, count });
      const next = entries.find((e) => !this.#found.has(e.seq));
      if (next) {
        this.#found.add(next.seq);
        return next;
      }
      count = entries.length + 1;
    }
  }

  /** Waits the whole time; returns when all that matches was found before. */
  async none(wire, match, how) {
    // The wait ends with the first match; known ones are stepped over.
    for (let after = 0; ;) {
      try {
        await expectEntries(wire, match, { ...how, exactly: 0, after });
        return;
      } catch (fault) {
        if (!(fault instanceof ExpectationFailedError) || fault.found.length === 0 || !fault.found.every((e) => this.#found.has(e.seq))) throw fault;
        after = Math.max(...fault.found.map((e) => e.seq));
      }
    }
  }
}

/** The end of the journal, or of its entries of a kind: for a reader who wonders why. */
async function latest(wire, after, kind) {
  try {
    const { last_seq: last } = (await wire.ask('GET', '/journal?limit=1')).json;
    const from = Math.max(after, last - (kind ? lookedAt : shownEntries), 0);
    const { entries } = (await wire.ask('GET', `/journal${queryText({ after: from, kind, limit: lookedAt })}`)).json;
    return entries.slice(kind ? -shownTroubles : -shownEntries);
  } catch {
    return [];
  }
}

function lineOf(entry) {
  const line = `#${entry.seq} ${entry.at.slice(11, 23)} ${entry.kind} ${entry.subject} ${JSON.stringify(entry.data)}`;
  return line.length <= 300 ? line : `${line.slice(0, 300)}...`;
}
