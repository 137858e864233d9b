import { describe, expect, it } from 'vitest';
import { cacheOfTexts } from '#emulator/text-cache.ts';

describe('when texts are read that thousands of accounts may hold', () => {
  it('keeps and shares what is asked for again and again, and forgets the rest', () => {
    const read: string[] = [];
    const cached = cacheOfTexts(2, (text) => ({ text, times: read.push(text) }));

    const common = cached('common');
    for (const text of ['a', 'b', 'c', 'a']) {
      cached(text);
      expect(cached('common')).toBe(common);
    }

    expect(read).toEqual(['common', 'a', 'b', 'c', 'a']);
  });

  it('remembers nothing of a text that cannot be read', () => {
    let times = 0;
    const cached = cacheOfTexts(2, () => {
      times += 1;
      throw new Error('no');
    });

    expect(() => cached('x')).toThrow('no');
    expect(() => cached('x')).toThrow('no');
    expect(times).toBe(2);
  });
});
