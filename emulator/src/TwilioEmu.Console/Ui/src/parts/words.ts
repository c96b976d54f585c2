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

/** "+1 415 555 0199" for North American numbers; others as they are. */
export const nice = (number: string): string => number.replace(/^whatsapp:/, 'WhatsApp ').replace(/\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');

/** The phone behind a channel's address: `whatsapp:+1415…`. */
export const bare = (address: string): string => address.slice(address.indexOf(':') + 1);

export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** The host and path of an address, without what every address of this machine has. */
export const shortUrl = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\?.*$/, '?…');
