import type { Entry } from '../world/types';

const troubles = /^(alert|warning|fault|not_emulated|request\.(refused|warning)|webhook\.failed|access\.refused)$/;

/** `kind:webhook.* to:+1415 is:alert words` as a test of entries. */
export function compile(query: string): (entry: Entry) => boolean {
  const tests = query.trim().split(/\s+/).filter(Boolean).map(testOf);
  return (entry) => tests.every((fits) => fits(entry));
}

function testOf(word: string): (entry: Entry) => boolean {
  const [, name, value] = /^(\w+):(.+)$/.exec(word) ?? [];
  if (!name || !value) {
    const wanted = word.toLowerCase();
    return (e) => wordsOf(e).includes(wanted);
  }
  const meets = value.endsWith('*') ? (seen: string) => seen.startsWith(value.slice(0, -1)) : (seen: string) => seen === value;
  switch (name) {
    case 'is': return value === 'alert' ? (e) => troubles.test(e.kind) : (e) => e.kind.endsWith(value);
    case 'kind': return (e) => meets(e.kind);
    case 'seq': return (e) => String(e.seq) === value || String(e.cause) === value;
    case 'cause': return (e) => String(e.cause) === value;
    case 'subject': case 'sid': return (e) => e.subject.startsWith(value.replace(/\*$/, ''));
    case 'account': return (e) => meets(e.account);
    default: return (e) => name in e.data && String(e.data[name]).startsWith(value.replace(/\*$/, ''));
  }
}

const words = new WeakMap<Entry, string>();

/** All of an entry's words in lower case, written once. */
function wordsOf(entry: Entry): string {
  let all = words.get(entry);
  if (all === undefined) words.set(entry, (all = `${entry.kind} ${entry.subject} ${JSON.stringify(entry.data)}`.toLowerCase()));
  return all;
}
