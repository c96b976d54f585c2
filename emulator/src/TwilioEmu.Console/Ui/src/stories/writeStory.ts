import { text, type Entry, type Message, type PhoneNumber } from '../world/types';

// What begins a value of a story stands twice where it is meant as it is.
const word = (words: string): string => JSON.stringify(words).replaceAll('${', () => '$${');

/** The last things phones did and got, as a story (scenarios/README.md). */
export function writeStory(entries: readonly Entry[], numbers: readonly PhoneNumber[]): string {
  const acts: string[] = [];
  const sent = new Set<string>();
  for (const { kind, subject, data } of entries.slice(-2000)) {
    if (kind === 'handset.texted') acts.push(`  - when:\n      - { handset: ${word(subject)}, texts: ${word(text(data, 'body'))}, to: ${word(text(data, 'to'))} }`);
    else if (kind === 'handset.received') acts.push(`  - then:\n      - { handset: ${word(subject)}, receives: { from: ${word(text(data, 'from'))}, body: ${word(text(data, 'body'))} }, within: 10s }`);
    else if (/^(MM|SM)/.test(subject) && data.direction === 'outbound-api' && text(data, 'from') && !sent.has(subject)) {
      sent.add(subject);
      acts.push(`  - when:\n      - posts: Messages\n        form: { From: ${word(text(data, 'from'))}, To: ${word(text(data, 'to'))}, Body: ${word(text(data, 'body'))} }`);
    } else if (kind === 'handset.dialled') acts.push(`  - when:\n      - { handset: ${word(subject)}, dials: ${word(text(data, 'to'))} }`);
  }
  const told = acts.slice(-20);
  // A story begins with a deed: what a phone got of one that is told no more cannot come again.
  while (told[0]?.startsWith('  - then')) told.shift();
  if (told.length === 0) told.push('  - when:\n      - { handset: "+14155550199", texts: "hello", to: "+14155550100" }   # nothing has happened yet: text a number from a phone');
  return `scenario: What happened here\n${writeGiven(numbers)}story:\n${told.join('\n')}\n`;
}

/** The numbers of a story and what they ask of the app. */
function writeGiven(numbers: readonly PhoneNumber[]): string {
  if (numbers.length === 0) return '';
  const lines = numbers.slice(0, 20).map((n) => `    - { number: ${word(n.number)}, type: ${n.type}${n.sms_url ? `, sms_url: ${word(n.sms_url)}` : ''}${n.voice_url ? `, voice_url: ${word(n.voice_url)}` : ''} }`);
  return `given:\n  numbers:\n${lines.join('\n')}\n`;
}

/** One message as a story of its own: what a phone texted, or what the app's account sent and the phone received. */
export function writeMessage({ from, to, body, direction }: Message, numbers: readonly PhoneNumber[]): string {
  const given = `scenario: A message from ${from} to ${to}\n${writeGiven(numbers.filter((n) => n.number === from || n.number === to))}`;
  if (direction === 'inbound') return `${given}when:\n  - { handset: ${word(from)}, texts: ${word(body)}, to: ${word(to)} }\n`;
  return `${given}when:\n  - posts: Messages\n    form: { From: ${word(from)}, To: ${word(to)}, Body: ${word(body)} }\nthen:\n  - { handset: ${word(to)}, receives: { from: ${word(from)}, body: ${word(body)} }, within: 10s }\n`;
}
