import * as z from 'zod';
import { settingsShape } from '#domain/settings/settings-shape.ts';
import { asJson } from './command-outcome.ts';
import type { CommandOutcome } from './command-outcome.ts';

/** `spa settings schema`: a JSON schema by which editors complete and check settings files while people type. */
export function settingsSchema(): CommandOutcome {
  const schema = z.toJSONSchema(settingsShape, { target: 'draft-2020-12', io: 'input' });
  const title = 'Settings of Sustainable Personal Accounts';
  return { exitStatus: 0, stdout: asJson({ ...schema, title }), stderr: '' };
}
