// The SDK under test: the newest major, or the one before it (SDK=twilio-previous).
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const name = process.env.SDK || 'twilio';

/** Where the SDK's own files lie. */
export const path = require.resolve(name);
/** "5.13.1" */
export const { version } = require(`${name}/package.json`);

export default require(name);
