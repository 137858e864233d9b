import { env } from 'node:process';
import * as fc from 'fast-check';

/**
 * Properties draw the same values at each run, so that a change is judged by what it changes.
 * `SPA_TEST_SEED=1234 npm test` draws others, and `SPA_TEST_SEED=any` others each time.
 */
const { SPA_TEST_SEED: asked = '20261122' } = env;
if (asked !== 'any') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
