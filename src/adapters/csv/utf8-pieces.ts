const pieceLength = 64 * 1024;
const mostBytesPerUnit = 3;

/**
 * The bytes of many small texts, in large pieces, each good until the next is asked for. Texts are written one by one:
 * strings joined to the length of a piece would leave the engine's nursery and be garbage until a full collection.
 */
export function* utf8Pieces(texts: Iterable<string>): Generator<Buffer> {
  const piece = Buffer.allocUnsafe(pieceLength);
  let length = 0;
  for (const text of texts) {
    const needed = mostBytesPerUnit * text.length;
    if (length + needed > pieceLength) {
      yield piece.subarray(0, length);
      length = 0;
    }
    if (needed > pieceLength) yield Buffer.from(text);
    else length += piece.write(text, length);
  }
  yield piece.subarray(0, length);
}
