import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { contentDisposition, keyOfPath, pathOfKey } from '#domain/attachments/attachment-key.ts';
import { isGoodLink, linkLastsInSeconds, signedLink } from '#domain/attachments/signed-link.ts';

const now = 1_700_000_000;
const endpoint = 'https://abc.lambda-url.eu-west-1.on.aws/';

function partsOf(link: string) {
  const url = new URL(link);
  return {
    path: decodeURIComponent(url.pathname),
    expires: url.searchParams.get('expires') ?? undefined,
    signature: url.searchParams.get('signature') ?? undefined,
  };
}

describe('when a link is signed', () => {
  it('is good for its path and its time, and for no other key', () => {
    const link = partsOf(signedLink(endpoint, '/a/b c.xlsx', 'key', now));

    expect(link.path).toBe('/a/b c.xlsx');
    expect(isGoodLink(link, 'key', now)).toBe(true);
    expect(isGoodLink(link, 'key', now + linkLastsInSeconds - 1)).toBe(true);
    expect(isGoodLink(link, 'key', now + linkLastsInSeconds)).toBe(false);
    expect(isGoodLink(link, 'other', now)).toBe(false);
    expect(linkLastsInSeconds).toBe(604_800);
  });

  it('is bad as soon as any part of it is another', () => {
    const link = partsOf(signedLink(endpoint, '/a/b', 'key', now));
    const part = fc.constantFrom('path', 'expires', 'signature');
    fc.assert(
      fc.property(part, fc.string({ unit: 'binary' }), fc.nat(200), (name, inserted, at) => {
        const former = link[name] ?? '';
        const changed = former.slice(0, at) + inserted + former.slice(at + inserted.length);
        fc.pre(changed !== former);

        expect(isGoodLink({ ...link, [name]: changed }, 'key', now)).toBe(false);
      }),
    );
  });

  it('cannot be made of another by moving a part of the path to the time', () => {
    const link = partsOf(signedLink(endpoint, '/1', 'key', now));

    expect(isGoodLink({ ...link, path: '', expires: `${link.expires}\n/1` }, 'key', now)).toBe(false);
  });
});

describe('when a path becomes a key', () => {
  it('leads back to where it came from', () => {
    expect(keyOfPath(pathOfKey('a/b/c/d.xlsx', 'a/b'), 'a/b')).toBe('a/b/c/d.xlsx');
  });

  it.each(['', '/', '/..', '/../x', '/x/../y', '/x/./y', '/x//y', '/x/', '/x\\y', '/x\u0000', '/x\n'])(
    'leads nowhere outside of the prefix: %j',
    (path) => {
      expect(keyOfPath(path, 'prefix')).toBeUndefined();
    },
  );
});

describe('when a browser is told the name of a file', () => {
  it('is told it in a way that nothing can break out of', () => {
    expect(contentDisposition('a/b-1_2.xlsx')).toBe('attachment; filename="b-1_2.xlsx"');
    expect(contentDisposition(`a/x"; evil="'é.xlsx`)).toBe(
      `attachment; filename="x___evil____.xlsx"; filename*=UTF-8''x%22%3B%20evil%3D%22%27%C3%A9.xlsx`,
    );
  });
});
