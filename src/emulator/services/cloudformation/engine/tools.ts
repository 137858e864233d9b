import type { Platform } from '../../../platform.ts';
import type { ResourceProvider } from '../resources/resource-provider.ts';
import type { StackStore } from '../stack-store.ts';

/** What the engine works with. */
export interface Tools {
  readonly platform: Platform;
  readonly stacks: StackStore;
  readonly providers: ReadonlyMap<string, ResourceProvider>;
}
