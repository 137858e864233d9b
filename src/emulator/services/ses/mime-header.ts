/** A header with parameters, such as `text/csv; name="a.csv"`. */
export interface MimeHeader {
  readonly value: string;
  /** By name in lower case, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export function readHeader(text = ''): MimeHeader {
  const [value = '', ...rest] = text.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((part) => part.trim());
  const pairs = rest.map((pair) => /^([^=*]+)(\*\d+)?(\*)?=(.*)$/s.exec(pair));
  const parameters: Record<string, string> = {};
  for (const [, name = '', , isEncoded, written = ''] of pairs.flatMap((pair) => (pair ? [pair] : []))) {
    const plain = written.replace(/^"(.*)"$/s, '$1').replaceAll(/\\(.)/g, '$1');
    const key = name.trim().toLowerCase();
    parameters[key] = (parameters[key] ?? '') + (isEncoded ? percentDecoded(plain) : decodedWords(plain));
  }
  return { value: value.toLowerCase(), parameters };
}

/** `utf-8''na%C3%AFve.csv`; continuations come without the name of a charset. */
const percentDecoded = (text: string) => decodeURIComponent(text.replace(/^[\w-]*'[\w-]*'/, ''));

/** `=?UTF-8?Q?na=C3=AFve?=`: letters of other alphabets in headers, in one of two encodings. */
export function decodedWords(text: string): string {
  const joined = text.replaceAll(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replaceAll(/=\?[\w-]+\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
    encoding.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64').toString()
      : quotedPrintable(word.replaceAll('_', ' ')).toString(),
  );
}

export function quotedPrintable(text: string): Buffer {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
