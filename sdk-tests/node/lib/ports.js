// Ports for programs that must be told where to listen.
import { createServer } from 'node:net';

/** Below those the system gives to who asks for any (from 32768 on Linux), so that no connection of others takes one before the program does. */
const [first, count] = [20_000, 12_000];
let next = Math.floor(Math.random() * count);

const isFree = (port) => new Promise((resolve) => {
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** One that is free now, and given to nobody else in this run. */
export async function ownPort() {
  for (let tries = 0; tries < count; tries++) {
    const port = first + (next++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free from ${first} to ${first + count}`);
}
