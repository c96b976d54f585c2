import { text, type Entry } from '../world/types';

export type Lane = 'app' | 'twilio' | 'phone';

/** Who did it: the app and programs, the service, or a phone. */
export function laneOf({ kind }: Entry): Lane {
  if (/^(webhook|request|alert|access)/.test(kind)) return 'app';
  if (/^handset/.test(kind) || /^call\.(heard|said|pressed)$/.test(kind)) return 'phone';
  return 'twilio';
}

/** The words of an entry that people look for. */
export function summary({ subject, data, kind }: Entry): string {
  const words = text(data, 'body') || text(data, 'words') || text(data, 'message') || text(data, 'warning') || text(data, 'what');
  const from = text(data, 'from');
  const to = text(data, 'to');
  if (kind.startsWith('webhook')) return `${text(data, 'method')} ${text(data, 'url')} ${data.status ?? text(data, 'error_message')}`.trim();
  if (kind.startsWith('request')) return `${text(data, 'method')} ${subject.replace(/AC[0-9a-f]{28}/, 'AC…')} ${words}`.trim();
  const ends = from && to ? `${from} → ${to}` : to ? `→ ${to}` : from ? `from ${from}` : '';
  return [ends || (subject.length > 20 ? `${subject.slice(0, 10)}…` : subject), words || text(data, 'digits')].filter(Boolean).join('  ');
}
