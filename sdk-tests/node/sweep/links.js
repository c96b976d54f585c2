// Where an answer says that it and its neighbours are: found there by its owner, and by nobody else.
import { hereOf } from '../lib/redirected.js';

/** Follows the URL of a resource and its links; then the URL as another account. */
export async function leads({ owner, stranger, values }, life, resource) {
  const self = resource.url ?? resource.uri;
  if (typeof self === 'string') {
    await follows(life, 'self', owner, self, [200]);
    // What is there for everybody, or is a setting each account has, is found by a stranger too.
    await follows(life, 'alien', stranger, self, values.isEverybodys(life.path) ? [200] : [401, 404]);
  }
  for (const [name, link] of Object.entries(resource.links ?? resource.subresourceUris ?? {})) {
    // No link: there is nowhere to go. 405: something can be made there, but not looked at.
    if (link === null) continue;
    await follows(life, 'links', owner, link, [200, 405], `${name}: `);
  }
}

async function follows(life, verb, get, url, wanted, name = '') {
  const { status, path } = await get(url).catch((error) => ({ status: error.cause?.code ?? error.message, path: url }));
  if (wanted.includes(status)) life.done.add(verb);
  else life.fault(verb, new Error(`${name}${status} at ${path}`));
}

/** Gets what a URL leads to as an account: the status. */
export const getterOf = (base, sid, token) => async (url) => {
  const authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`;
  const response = await fetch(new URL(hereOf(base, url), base), { headers: { authorization }, redirect: 'manual' });
  await response.arrayBuffer();
  return { status: response.status, path: url.replace(base, '') };
};
