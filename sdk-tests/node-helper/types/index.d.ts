export { startEmulator } from './emulator.js';
export { EmulatorClient } from './client.js';
export { Handset } from './handset.js';
export { Call } from './call.js';
export { EmulatorError, ExpectationFailedError } from './errors.js';
export { redirect, redirected } from './redirect.js';
