import { readFileSync } from 'node:fs';

/** The build specifications that hold unless the settings name others; at most 8,192 bytes, as a parameter of SSM. */
export const buildspecNames = ['preparation', 'purge'] as const;
export type BuildspecName = (typeof buildspecNames)[number];

/** Text of one of the project's own build specifications, as it is stored and handed to CodeBuild. */
export const loadBuildspec = (name: BuildspecName): string =>
  readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8');
