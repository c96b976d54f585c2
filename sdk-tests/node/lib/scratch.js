// What a script leaves behind when it ends, however it ends: nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const acts = new Set();
let isWatched = false;

/** Does something when the script ends; what was asked for last comes first. Hands back how to take it back. */
export function atEnd(act) {
  if (!isWatched) watch();
  acts.add(act);
  return () => acts.delete(act);
}

/** A folder for this script alone, gone when it ends. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), name));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function watch() {
  isWatched = true;
  process.once('exit', () => { for (const act of [...acts].reverse()) act(); });
  // Node would end at once, and tell nobody.
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => process.exit(code));
}
