import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** Runs the CDK's own command on an assembly; all that it prints goes to standard error. Gives its exit status. */
export type RunCdk = (args: readonly string[]) => Promise<number>;

export const runCdk: RunCdk = (args) =>
  new Promise((resolve, reject) => {
    const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
    const child = spawn(process.execPath, [cdk, '--no-notices', ...args], {
      stdio: ['inherit', 2, 2],
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
