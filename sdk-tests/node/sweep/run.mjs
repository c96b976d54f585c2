import { createRequire } from 'node:module';
import { startEmulator } from '../lib/emulator.js';
import { controlOf } from '../lib/control.js';
import { redirected } from '../lib/redirected.js';
import { sweep } from './walk.js';
import { newValues } from './values.js';
const emulator = await startEmulator();
try {
  const control = controlOf(emulator.url);
  const { sid, auth_token } = await control.newAccount('sweep');
  const { client, http } = redirected(emulator.url, sid, auth_token);
  const [found] = await client.availablePhoneNumbers('US').local.list({ limit: 1 });
  const number = (await client.incomingPhoneNumbers.create({ phoneNumber: found.phoneNumber })).phoneNumber;
  const t = Date.now();
  const lives = await sweep({ client, values: newValues(number), lastRequest: () => http.seen });
  console.log(Date.now() - t, 'ms', http.count, 'requests', lives.size, 'classes');
  const counts = {};
  for (const l of lives.values()) for (const d of l.done) counts[d] = (counts[d] ?? 0) + 1;
  console.log(counts);
  for (const l of lives.values()) for (const f of l.faults) console.log(l.path, f.verb, '|', f.says, '|', f.request);
  for (const l of lives.values()) if (l.withoutKey && l.faults.length === 0) console.log('NOKEY', l.path);
} finally { await emulator.stop(); }
