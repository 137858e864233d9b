const pieceLength = 64 * 1024;
const mostBytesPerUnit = 3;

/** The bytes of a file that is written text by text: in pieces, so that nothing is copied before its end. */
export function growingFile() {
  const full: Buffer[] = [];
  let piece = Buffer.allocUnsafe(pieceLength);
  let length = 0;

  function turnOver(needed: number): void {
    full.push(piece.subarray(0, length));
    piece = Buffer.allocUnsafe(Math.max(pieceLength, needed));
    length = 0;
  }

  return {
    write(text: string) {
      const needed = mostBytesPerUnit * text.length;
      if (length + needed > piece.length) turnOver(needed);
      length += piece.write(text, length);
    },
    /** All of it, once. */
    end(): Buffer {
      const whole = Buffer.concat([...full, piece.subarray(0, length)]);
      full.length = 0;
      return whole;
    },
  };
}
