import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeap } from '#emulator/heap.ts';
import { createIdentifiers } from '#emulator/identifiers.ts';
import { pageOf } from '#emulator/pages.ts';

describe('when items are taken off a heap', () => {
  it('gives the smallest first, whatever came in between', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: 'pop' as const })), (steps) => {
        const heap = createHeap<number>((a, b) => a - b);
        const model: number[] = [];
        for (const step of steps) {
          if (step === 'pop') {
            expect(heap.pop()).toBe(model.shift());
          } else {
            heap.push(step);
            model.push(step);
            model.sort((a, b) => a - b);
          }
          expect(heap.first()).toBe(model[0]);
        }
      }),
    );
  });
});

describe('when a list is read page by page', () => {
  it('gives every item once, in pages no longer than asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (all, size) => {
        const read: number[] = [];
        let token: string | undefined;
        do {
          const page = pageOf(all, token, size);
          expect(page.items.length).toBeLessThanOrEqual(size);
          read.push(...page.items);
          token = page.next;
        } while (token !== undefined);
        expect(read).toEqual(all);
      }),
    );
  });

  it.each(['', 'x', 'at:1', Buffer.from('at:-1').toString('base64url')])('refuses the token %j', (token) => {
    expect(() => pageOf([1, 2], token, 1)).toThrow('You provided an invalid pagination token.');
  });
});

describe('when identifiers are asked for', () => {
  it('are UUIDs, all different, and the same at each run with the same seed', () => {
    const [next, again, other] = [createIdentifiers(7), createIdentifiers(7), createIdentifiers(8)];
    const given = Array.from({ length: 2000 }, next);

    expect(new Set(given).size).toBe(2000);
    for (const id of given)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Array.from({ length: 2000 }, again)).toEqual(given);
    expect(other()).not.toBe(given[0]);
  });
});
