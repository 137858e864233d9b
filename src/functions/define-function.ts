import type { Ports, PortName } from '#ports/ports.ts';
import type { Trigger } from '#events/trigger.ts';
import type { Outcome } from '#ports/outcome.ts';
import type { Settings } from '#domain/settings/settings.ts';

/**
 * A Lambda function, declared once: Lambda runs it, the stack deploys it, the local cloud plays it. A workflow can
 * use no port that `needs` does not name, since there would be no grant for it.
 */
export interface FunctionDeclaration {
  /** Name without the environment identifier that precedes it. */
  readonly name: string;
  readonly purpose: string;
  /** What is broken for people when the function fails: the sentence of its alarm. */
  readonly whenItFails: string;
  readonly trigger: Trigger<unknown>;
  readonly needs: readonly PortName[];
  readonly timeoutInSeconds: number;
  readonly memoryInMegabytes: number;
  /** Whether a deployment has the function at all; every deployment, unless said. */
  readonly when?: (settings: Settings) => boolean;
  readonly run: (happened: never, ports: Ports) => Promise<Outcome>;
}

const defaults = { timeoutInSeconds: 120, memoryInMegabytes: 512 };

export function defineFunction<Happened, const Needed extends PortName>(declaration: {
  readonly name: string;
  readonly purpose: string;
  readonly whenItFails: string;
  readonly trigger: Trigger<Happened>;
  readonly needs: readonly Needed[];
  // The trigger alone says what has happened, and `needs` alone which ports there are: the workflow has to fit.
  readonly run: (happened: NoInfer<Happened>, ports: Ports<NoInfer<Needed>>) => Promise<Outcome>;
  readonly timeoutInSeconds?: number;
  readonly memoryInMegabytes?: number;
  readonly when?: (settings: Settings) => boolean;
}): FunctionDeclaration {
  return { ...defaults, ...declaration };
}
