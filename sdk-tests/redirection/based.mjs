// An app that lets its authors say where Twilio is: EMULATOR is the base URL, and nothing else is different.
import { createRequire } from 'node:module';

const twilio = createRequire(process.env.APP_MODULES ?? import.meta.url)('twilio');
const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);
client.api.baseUrl = process.env.EMULATOR;
client.verify.baseUrl = `${process.env.EMULATOR}/verify`;

const message = await client.messages.create({ to: '+14155550199', from: '+14155550100', body: 'from node' });
const call = await client.calls.create({ to: '+14155550199', from: '+14155550100', twiml: '<Response><Say>Hello from node</Say></Response>' });
const service = await client.verify.v2.services.create({ friendlyName: 'from node' });
if (!service.url.startsWith(`${process.env.EMULATOR}/verify/v2/Services/VA`)) throw new Error(`a link leads to ${service.url}`);

// Lists walk from page to page by the links the service gives.
for (let i = 0; i < 3; i++) await client.messages.create({ to: '+14155550198', from: '+14155550100', body: `page ${i}` });
const listed = await client.messages.list({ pageSize: 1, limit: 4 });
if (listed.length !== 4) throw new Error(`${listed.length} messages listed`);
for (let i = 0; i < 3; i++) await client.verify.v2.services.create({ friendlyName: `page ${i}` });
const services = await client.verify.v2.services.list({ pageSize: 1 });
if (services.length < 4) throw new Error(`${services.length} services listed`);
console.log(JSON.stringify({ message: message.sid, call: call.sid }));
