/** `node --import ./test/fuzz/coverage/register.mjs`: runs the project's TypeScript as it stands, counting what it reaches. */
import { register } from 'node:module';
import './counters.mjs';

register('./hooks.mjs', import.meta.url);
