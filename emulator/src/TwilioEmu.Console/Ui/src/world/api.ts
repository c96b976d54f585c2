import { signal } from '@preact/signals';
import type { Account } from './types';

const control = '/_emu/v1';

/** What stands between us and the emulator: nothing, or a token that we were not given. */
export const needsToken = signal(false);

/** What the world's chances come from; the same seed and deeds give the same world. */
export const seed = signal<number | undefined>(undefined);

export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Nobody answers: the browser's own words for it tell a person nothing. */
async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new Error('The emulator does not answer. Is it still running?');
  }
}

/** A call of the control API. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await reach(control + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.status === 401) needsToken.value = true;
  return read<T>(response);
}

export const get = <T>(path: string): Promise<T> => ask<T>('GET', path);

/** A call of the REST API with the account's own credentials. */
export async function rest<T>(account: Account, method: string, path: string, form?: Record<string, string>): Promise<T> {
  const response = await reach(path, {
    method,
    headers: {
      Authorization: `Basic ${btoa(`${account.sid}:${account.auth_token}`)}`,
      ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
    },
    body: form ? new URLSearchParams(form).toString() : null,
  });
  return read<T>(response);
}

/** A file of the REST API, such as a recording. */
export async function restBlob(account: Account, path: string): Promise<Blob> {
  const response = await reach(path, { headers: { Authorization: `Basic ${btoa(`${account.sid}:${account.auth_token}`)}` } });
  return response.ok ? response.blob() : read<Blob>(response);
}

/** Trades the token of the address's fragment, or one that was typed, for a cookie (docs/security.md). */
export async function openSession(token: string): Promise<boolean> {
  const response = await reach(`${control}/session`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  if (response.ok) needsToken.value = false;
  return response.ok;
}

/** The same call for a terminal. */
export function curl(method: string, path: string, body?: unknown): string {
  const address = `${location.origin}${control}${path}`;
  if (method === 'GET') return `curl ${quote(address)}`;
  return body === undefined ? `curl -X ${method} ${quote(address)}` : `curl ${method === 'POST' ? '' : `-X ${method} `}${quote(address)} --json ${quote(JSON.stringify(body))}`;
}

/** A form sent by the account for a terminal. */
export function restCurl(account: Account | undefined, path: string, form: Record<string, string>): string {
  const fields = Object.entries(form).map(([name, value]) => ` \\\n  --data-urlencode ${quote(`${name}=${value}`)}`);
  return `curl ${quote(location.origin + path)} -u ${quote(`${account?.sid ?? '$SID'}:${account?.auth_token ?? '$TOKEN'}`)}${fields.join('')}`;
}

export const quote = (word: string): string => (/^[\w./:+@%=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

async function read<T>(response: Response): Promise<T> {
  const body = await response.text();
  const json = body && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(body) : undefined;
  if (!response.ok) throw new Refusal(response.status, json?.detail ?? json?.message ?? `the emulator answered ${response.status}`);
  return json as T;
}
