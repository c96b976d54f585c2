import { signal } from '@preact/signals';
import { get } from './api';

export interface Kind { kind: string; means: string; members: string[] }

/** Every kind of entry there may be, and what it means; asked for when somebody looks at the journal. */
export const kinds = signal<ReadonlyMap<string, Kind>>(new Map());

let isAsked = false;

export function askForKinds(): void {
  if (isAsked) return;
  isAsked = true;
  get<{ kinds: Kind[] }>('/journal/kinds?stored=true').then((found) => (kinds.value = new Map(found.kinds.map((k) => [k.kind, k]))), () => (isAsked = false));
}

export const meaningOf = (kind: string): string | undefined => kinds.value.get(kind)?.means;
