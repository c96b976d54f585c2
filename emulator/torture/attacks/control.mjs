// The control API, by its own description: every call of GET /openapi.json with what its schema does not say.
import { number, start } from '../lib/emulator.mjs';

const phone = '+14155550199';
const deep = (depth, open, close) => open.repeat(depth) + close.repeat(depth);

// As they stand in a document; the word is for the report.
const junk = [
  ['null', 'null'], ['true', 'true'], ['zero', '0'], ['minus', '-1'], ['half', '0.5'], ['2^31', '2147483648'], ['2^63', '9223372036854775808'], ['huge', '1e308'], ['infinite', '1e999'], ['long number', '1'.repeat(5_000)],
  ['empty text', '""'], ['blank', '" "'], ['a word', '"junk"'], ['zero byte', '"a\\u0000b"'], ['lone surrogate', '"\\ud800"'], ['long text', `"${'x'.repeat(200_000)}"`], ['line feeds', '"a\\r\\nb: c"'], ['emoji', '"😀"'],
  ['duration', '"5s"'], ['long duration', '"99999999999h"'], ['negative duration', '"-5s"'], ['number', `"${phone}"`], ['url', '"http://["'], ['instant', '"9999-12-31T23:59:59Z"'],
  ['empty list', '[]'], ['list of null', '[null]'], ['list of text', '["a"]'], ['list of lists', '[[[]]]'], ['huge list', `[${'0,'.repeat(100_000)}0]`], ['huge list of mappings', `[${'{},'.repeat(50_000)}{}]`],
  ['mapping', '{}'], ['mapping of a strange member', '{"junk":1}'], ['two of a name', '{"a":1,"a":2}'], ['60 deep', deep(60, '[', ']')], ['5000 deep', deep(5_000, '[', ']')], ['mappings 1000 deep', `${'{"a":'.repeat(1_000)}0${'}'.repeat(1_000)}`],
];
const words = ['', '%20', 'junk', '-1', '0', '1.5', '2147483648', '99999999999999999999', '%00', '%ED%A0%80', '%FF', '%25', 'a%0d%0ab', '..%2f..%2f', 'x'.repeat(4_000), '1&1', 'null', '%F0%9F%98%80', 'AC00000000000000000000000000000001'];

/** Every place of a schema where a value stands: its path, and its schema. */
function* places(schema, path = []) {
  if (path.length > 0) yield path;
  if (path.length > 4) return;
  for (const [name, inner] of Object.entries(schema?.properties ?? {})) yield* places(inner, [...path, name]);
  if (schema?.items?.properties) yield* places(schema.items, [...path, 0]);
}

/** A document with text in one place: the example's members stay beside it. */
function laid(example, path, text) {
  const [first, ...rest] = path;
  if (first === undefined) return text;
  if (first === 0) return `[${laid(Array.isArray(example) ? example[0] : {}, rest, text)}]`;
  const others = Object.entries(example ?? {}).filter(([name]) => name !== first).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...others, `${JSON.stringify(first)}:${laid(example?.[first], rest, text)}`].join(',')}}`;
}

// What ends the others' world or waits by its nature is asked by hand.
const left = new Set(['POST /reset', 'PUT /world', 'POST /snapshots/{id}/restore', 'GET /journal/stream']);

export const attacks = [
  {
    point: 13, figure: 'every control call, with junk in every place of its body, path and query, by its own OpenAPI document; answers of 500, none, late, nameless, or that changed the world', before: 'not tried',
    async run(program) {
      const emulator = await start(program, { flags: ['--clock', 'manual'], config: `numbers:\n  - { number: "${number}" }\nhandsets:\n  - { number: "${phone}", answers: true }\n` });
      const [faults, counts] = [[], { asked: 0, refused: 0, taken: 0 }];
      try {
        const described = await emulator.json('GET', 'openapi.json');
        const call = await emulator.control('POST', `handsets/${encodeURIComponent(phone)}/calls`, { to: number });
        await emulator.message();
        const known = { number: phone, sid: JSON.parse(call.text).call_sid ?? JSON.parse(call.text).sid, address: 'a@b.example', id: '1', product: 'video', path: 'v1/Rooms', service: 'MG00000000000000000000000000000001' };
        const seq = async () => (await emulator.json('GET', 'journal?limit=1')).last_seq;
        let before = await seq();
        // In CI one of five junk values stands in each place, another in the next; TORTURE_ALL=1 asks all.
        let turn = 0;
        const ask = async (what, method, path, body, name) => {
          if (!process.env.TORTURE_ALL && turn++ % 5 !== 0) return;
          const late = new Promise((done) => setTimeout(() => done({ status: 'late', text: '' }), 8_000).unref());
          const answer = await Promise.race([late, emulator.ask(method, `/_emu/v1${path}`, body, body === undefined ? {} : { 'content-type': 'application/json' }).catch((fault) => ({ status: 'none', text: fault.message }))]);
          counts.asked++;
          const is = typeof answer.status !== 'number' || (answer.status >= 500 && answer.status !== 501) ? answer.status : undefined;
          const after = await seq();
          if (is) faults.push(`${what}: ${is} ${answer.text.slice(0, 120)}`);
          // 408 is an expect that waited in vain, and the time it waited has gone by.
          else if (answer.status < 400 || answer.status === 501 || answer.status === 408) counts.taken++;
          else {
            counts.refused++;
            if (after !== before) {
              const { entries } = await emulator.json('GET', `journal?after=${before}`);
              // What an entry of before is the cause of was on its way: an app that a call asked for may answer, or fail, at any moment.
              if (entries.some((e) => e.kind !== 'access.refused' && !(e.cause > 0 && e.cause <= before))) faults.push(`${what}: ${answer.status}, and changed the world: ${JSON.stringify(entries[0]).slice(0, 200)}`);
            }
            if (answer.status === 400 && name && !answer.text.includes(name) && !answer.text.includes(' lacks ') && !answer.text.includes('depth of')) faults.push(`${what}: names no ${name}: ${answer.text.slice(0, 200)}`);
          }
          before = after;
        };
        for (const [template, methods] of Object.entries(described.paths)) {
          for (const [verb, call] of Object.entries(methods)) {
            const method = verb.toUpperCase();
            if (left.has(`${method} ${template}`)) continue;
            const path = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(known[name] ?? 'x'));
            const what = `${method} ${template}`;
            for (const [name] of template.matchAll(/\{\w+\}/g)) {
              for (const word of words) await ask(`${what} ${name}=${word.slice(0, 20)}`, method, template.replace(name, word).replace(/\{(\w+)\}/g, (_, n) => encodeURIComponent(known[n] ?? 'x')), call.requestBody?.required ? '{}' : undefined);
            }
            for (const { name } of (call.parameters ?? []).filter((p) => p.in === 'query')) {
              for (const word of words) await ask(`${what} ?${name}=${word.slice(0, 20)}`, method, `${path}?${name}=${word}`, call.requestBody?.required ? '{}' : undefined);
            }
            const content = call.requestBody?.content?.['application/json'];
            if (!content) continue;
            for (const [word, text] of junk) await ask(`${what} ${word}`, method, path, text);
            for (const place of places(content.schema)) {
              const last = place.findLast((p) => typeof p === 'string');
              for (const [word, text] of junk) await ask(`${what} ${place.join('.')} ${word}`, method, path, laid(content.example, place, text), last);
            }
          }
        }
        const health = await emulator.control('GET', 'health');
        if (process.env.TORTURE_WORDS) for (const fault of faults) console.log(fault);
        return { now: `${faults.length} of ${counts.asked} (${counts.taken} taken, ${counts.refused} refused)${faults.length > 0 ? ` (${faults.slice(0, 5).join('; ')})` : ''}; health then ${health.status} in ${health.ms.toFixed(0)} ms`, ok: faults.length === 0 && health.status === 200 };
      } finally { await emulator.stop(); }
    },
  },
];
