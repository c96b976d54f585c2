// Shapes as the control API and the journal have them.

export type Facts = Record<string, unknown>;

export interface Entry {
  seq: number;
  at: string;
  account: string;
  kind: string;
  subject: string;
  cause: number;
  data: Facts;
}

export interface Account {
  sid: string;
  auth_token: string;
  friendly_name: string;
}

export interface Message {
  sid: string;
  account: string;
  at: string;
  from: string;
  to: string;
  body: string;
  direction: string;
  status: string;
  num_segments: number;
  media_urls?: string[];
  error_code?: number;
  error_message?: string;
}

export interface Call {
  sid: string;
  account: string;
  at: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  duration?: number;
  parent_call_sid?: string;
}

export interface PhoneNumber {
  sid: string;
  account: string;
  at: string;
  number: string;
  type: string;
  friendly_name: string;
  sms_url: string;
  voice_url: string;
  messages_per_second?: number;
}

export interface Clock {
  mode: string;
  now: string;
  next_due: string | null;
  next_due_what: string | null;
  timers: number;
  holds: string[];
  led_by: string[];
  pinned_by: string[];
  settles_in: number;
  stood_for: { graces: number; answers: number; thinking: number };
}

/** What a channel shows around the words of a text. */
export interface RichContent {
  type: string;
  title?: string;
  subtitle?: string;
  footer?: string;
  buttons?: RichButton[];
  button?: string;
  items?: { id: string; title: string; description?: string }[];
  cards?: { title?: string; body?: string; media_url?: string; buttons?: RichButton[] }[];
  place?: { latitude: number; longitude: number; label?: string; address?: string };
}

export interface RichButton { type: string; title: string; id?: string; leads?: string }

export interface Text {
  at: string;
  message_sid: string;
  from: string;
  to: string;
  body: string;
  media_urls: string[];
  content?: RichContent;
}

export interface Phone {
  number: string;
  behaviour: Facts;
  received: Text[];
  sent: Text[];
  calls: { call_sid: string; with: string; state: string; in_script: boolean }[];
}

export interface Queue {
  account: string;
  sender: string;
  segments_per_second: number;
  messages: number;
  segments: number;
  capacity: number;
  last_leaves: string;
}

export interface Attempt {
  method: string;
  url: string;
  status?: number;
  error_code?: number;
  error_message?: string;
  seconds?: number;
}

export interface Webhook {
  id: number;
  at: string;
  account: string;
  subject: string;
  cause: number;
  outcome: 'answered' | 'failed' | 'in-flight';
  request: {
    purpose?: string; method?: string; url?: string; parameters?: Record<string, string>; signature?: string; signed?: string;
    headers?: Record<string, string>; body?: string;
  };
  answer: {
    status?: number | null; content_type?: string | null; error_code?: number; error_message?: string | null;
    headers?: Record<string, string>; body?: string; body_bytes?: number; attempts?: Attempt[];
  } | null;
  answered_at?: string;
  verdict?: string | null;
  alerts?: Alert[];
}

export interface Alert {
  code: number;
  level: string;
  message: string;
  more_info?: string;
}

export const text = (facts: Facts, name: string): string => (typeof facts[name] === 'string' ? (facts[name] as string) : '');
export const number = (facts: Facts, name: string): number | undefined => (typeof facts[name] === 'number' ? (facts[name] as number) : undefined);
