/** Where in the links of attachments a key of the reports bucket is found: the prefix stays out of sight. */
export function pathOfKey(key: string, prefix: string): string {
  return `/${key.slice(prefix.length + 1)}`;
}

/** The key behind a path; undefined for what would lead outside of the prefix, or to no file. */
export function keyOfPath(path: string, prefix: string): string | undefined {
  const [before, ...names] = path.split('/');
  const isSound = names.every(
    (name) => name !== '' && name !== '.' && name !== '..' && !/[\\\p{Cc}]/u.test(name),
  );
  return before === '' && names.length > 0 && isSound ? `${prefix}/${names.join('/')}` : undefined;
}

/** Tells browsers to keep a file under its own name, whatever that holds. */
export function contentDisposition(key: string): string {
  const name = key.split('/').at(-1) ?? '';
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return plain === name
    ? `attachment; filename="${plain}"`
    : `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
