// What a sweep found: faults that nobody excused, and a table.
import { readFileSync } from 'node:fs';
import { plainPath } from './values.js';

const exceptions = JSON.parse(readFileSync(new URL('../../sweep/exceptions.json', import.meta.url), 'utf8')).filter((e) => (e.sdk ?? 'node') === 'node');
const columns = ['create', 'whole', 'list', 'fetch', 'update', 'change', 'rewrite', 'remove', 'gone', 'self', 'alien', 'links'];

const covers = (exception, life) => `${plainPath(life.path)}.`.startsWith(`${exception.path}.`);

const excuses = (exception, life, { verb, says }) =>
  covers(exception, life) && (exception.verbs?.includes(verb) ?? true) && says.startsWith(exception.says ?? '');

/** The faults of a product's classes that are on no list of exceptions, in words. */
export function faultsOf(lives, product) {
  return ofProduct(lives, product).flatMap((life) => life.faults
    .filter((fault) => !exceptions.some((e) => excuses(e, life, fault)))
    .map(({ verb, says, request }) => `${life.path} ${verb}: ${says}\n    ${request}`));
}

/** What was done, product by product; then what was not, and why. */
export function tableOf(lives, products) {
  const row = (name, cells) => [name.padEnd(16), ...cells.map((c) => `${c}`.padStart(7))].join('');
  const counts = (of) => [of.length, ...columns.map((c) => of.filter((life) => life.done.has(c)).length)];
  const all = [...lives.values()];
  return [
    row('', ['classes', ...columns]),
    ...products.map((product) => row(product, counts(ofProduct(lives, product)))),
    row('all', counts(all)),
    `values given and shown in the answer: ${all.reduce((n, life) => n + life.shown, 0)}`,
    ...exceptions.filter((e) => all.some((life) => covers(e, life))).map((e) => `${isNeeded(e, all) ? 'excused' : 'excused without a fault'}: ${[e.path, ...(e.verbs ?? [])].join(' ')}: ${e.reason}`),
    `nobody there to fetch: ${all.filter((life) => life.hasNobody).map((life) => life.path).join(', ')}`,
  ];
}

/** How many classes a thing was done with. */
export const countOf = (lives, verb) => [...lives.values()].filter((life) => life.done.has(verb)).length;

const isNeeded = (exception, lives) => lives.some((life) => life.faults.some((fault) => excuses(exception, life, fault)));

const ofProduct = (lives, product) => [...lives.values()].filter((life) => life.path.startsWith(`${product}.`));
