// How things are said on the page: numbers, instants, spans of time.

const two = (n: number): string => String(n).padStart(2, '0');

/** "14:03:07" in the world's own time, UTC. */
export const timeOfDay = (at: string | number): string => {
  const d = new Date(at);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
};

export const exactTime = (at: string): string => {
  const d = new Date(at);
  return `${timeOfDay(at)}.${String(d.getUTCMilliseconds()).padStart(3, '0')}`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Mon 5 Jan 2026". */
export const day = (at: string | number): string => {
  const d = new Date(at);
  return `${['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][d.getUTCDay()]} ${d.getUTCDate()} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
};

/** "340 ms", "2.1 s", "3 min 20 s", "5 h 12 min", "3 d 4 h". */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1000) return `${Math.round(size)} ms`;
  if (size < 10_000) return `${(size / 1000).toFixed(1)} s`;
  const seconds = Math.round(size / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

// Country codes of one and two digits; all others have three (ITU-T E.164, list of assigned codes).
const countries = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;

/** "+1 415 555 0199", "+44 770 090 0123": country code and groups of three (ITU-T E.123); the last has two to four. */
export function nice(address: string): string {
  const [, channel = '', digits = ''] = /^(whatsapp:|rcs:)?\+(\d{7,15})$/.exec(address) ?? [];
  const [, country, rest] = countries.exec(digits) ?? [];
  if (!country || !rest) return address.replace(/^whatsapp:/, 'WhatsApp ');
  return `${channel === 'whatsapp:' ? 'WhatsApp ' : channel}+${country} ${rest.replace(/\d{3}(?=\d{2})(?!\d$)/g, '$& ').trim()}`;
}

/** The phone behind a channel's address: `whatsapp:+1415…`. */
export const bare = (address: string): string => address.slice(address.indexOf(':') + 1);

export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** The host and path of an address, without what every address of this machine has. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\?.*$/, '?…');
