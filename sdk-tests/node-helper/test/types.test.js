// The types beside the code: made from its comments by `npm run types` (TypeScript), so that all that is there is typed, and nothing that is gone.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const modules = readdirSync(new URL('../src/', import.meta.url)).map((f) => f.replace(/\.js$/, ''));

const methodsOf = (code) => [...code.matchAll(/^ {2}(?:async )?\*?([a-z]\w*)\([^;]*\) \{/gm)].map((m) => m[1]).filter((n) => n !== 'constructor');
const typedMethodsOf = (types) => [...types.matchAll(/^ {4}([a-z]\w*)\(/gm)].map((m) => m[1]).filter((n) => n !== 'constructor');

for (const name of modules) {
  test(`${name} is typed as it is`, () => {
    const [code, types] = [read(`src/${name}.js`), read(`types/${name}.d.ts`)];
    const exported = (text) => [...text.matchAll(/^export (?:declare )?(?:async )?(?:function|class|const) (\w+)/gm)].map((m) => m[1]).sort();
    assert.deepEqual(exported(types), exported(code));
    assert.deepEqual(typedMethodsOf(types).sort(), methodsOf(code).sort());
  });
}

test('nothing that a test calls asks for an argument of any type, or takes no options where it has some', () => {
  for (const name of ['call', 'client', 'emulator', 'handset', 'redirect']) {
    const types = read(`types/${name}.d.ts`).replace(/Promise<any>/g, '');
    assert.doesNotMatch(types, /\w+: any[,;)]/, name);
    assert.doesNotMatch(types, /\}\?: \{\}\)/, name);
  }
});
