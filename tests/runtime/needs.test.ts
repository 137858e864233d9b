import { describe, expect, it } from 'vitest';
import { byHand } from '#events/schedule.ts';
import { defineFunction } from '#functions/define-function.ts';
import type { Ports } from '#ports/ports.ts';

const declaration = {
  name: 'Anything',
  purpose: 'Show what compiles',
  whenItFails: 'nothing',
  trigger: byHand,
} as const;

async function lookAndTell(_: unknown, { accounts, bus }: Ports<'accounts' | 'bus'>) {
  await bus.put();
  return { outcome: 'told', accounts: (await accounts.list()).length };
}

describe('when a function is declared', () => {
  it('needs every port that its workflow uses, or does not compile', () => {
    const complete = defineFunction({ ...declaration, needs: ['accounts', 'bus'], run: lookAndTell });
    const generous = defineFunction({
      ...declaration,
      needs: ['accounts', 'bus', 'errands'],
      run: lookAndTell,
    });
    const forgetful = defineFunction({
      ...declaration,
      needs: ['accounts'],
      // @ts-expect-error: the workflow puts events on the bus, for which there would be no grant.
      run: lookAndTell,
    });
    const inventive = defineFunction({
      ...declaration,
      // @ts-expect-error: there is no port of this name.
      needs: ['accounts', 'bus', 'wine'],
      run: lookAndTell,
    });

    expect([complete, generous, forgetful, inventive].map(({ needs }) => needs.length)).toEqual([2, 3, 1, 3]);
  });

  it('reads what its workflow is told, or does not compile', () => {
    const misread = defineFunction({
      ...declaration,
      needs: [],
      // @ts-expect-error: by hand, nothing tells of an account.
      run: async ({ account }: { readonly account: string }) => account,
    });

    expect(misread).toMatchObject({ timeoutInSeconds: 120, memoryInMegabytes: 512 });
  });
});
