import { describe, expect, it } from 'vitest';
import { readQuery } from '#emulator/wire/query-protocol.ts';

describe('when a query has a parameter that is named like a prototype', () => {
  it('changes no other object', () => {
    const body = Buffer.from('Action=GetRole&__proto__.polluted=1&constructor.prototype.polluted=1');
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body };

    const { operation } = readQuery(request);

    expect(operation).toBe('GetRole');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
