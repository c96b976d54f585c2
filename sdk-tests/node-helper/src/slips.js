// What a hurried hand gets wrong where JavaScript itself says nothing: an option that nobody reads, an address without its scheme.

/**
 * The options of a call, after refusing those that it does not have: they would do nothing, and nobody would know.
 * @template {object} T
 * @param {string} where the call, as it is written
 * @param {T} given
 * @param {string[]} known
 * @returns {T}
 */
export function optionsOf(where, given, ...known) {
  const all = `{ ${known.join(', ')} }`;
  if (typeof given !== 'object' || given === null) throw new TypeError(`${where} takes its options as an object, ${all}, not ${shown(given)}`);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const meant = known.find((k) => isLike(name, k));
    throw new TypeError(`${where} has no option "${name}"${meant ? ` (did you mean "${meant}"?)` : ` (there are ${known.join(', ')})`}`);
  }
  return given;
}

/**
 * Where an emulator is, without what stands behind.
 * @param {string | URL} baseUrl
 * @returns {string}
 */
export function baseOf(baseUrl) {
  const text = String(baseUrl);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) {
    if (!url.pathname.includes('/_emu')) return text.replace(/\/+$/, '');
    throw new TypeError(`"${text}" is a page of the emulator, and its address is wanted (did you mean "${text.slice(0, text.indexOf('/_emu'))}"?)`);
  }
  const isBare = /^[\w.-]+:\d+$/.test(text);
  const forgotten = baseUrl === undefined ? '; startEmulator() gives it when it was awaited' : '';
  throw new TypeError(`${shown(baseUrl)} is no address of an emulator (${isBare ? `did you mean "http://${text}"?` : `such as "http://127.0.0.1:4010"${forgotten}`})`);
}

export const shown = (value) => (typeof value === 'string' ? `"${value}"` : value instanceof Promise ? 'a promise, which is to be awaited' : String(JSON.stringify(value)));

/** The same letters but for two, or one the beginning of the other. */
function isLike(name, known) {
  const [a, b] = [name.toLowerCase().replace(/[-_]/g, ''), known.toLowerCase()];
  if (a.length > 2 && (b.startsWith(a) || a.startsWith(b))) return true;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] <= Math.min(2, b.length >> 1);
}
