/** Identifiers in the form of a UUID: different at each call, the same at each run that begins with the same seed. */
export function createIdentifiers(seed = 1): () => string {
  // xorshift128: small, fast, and good enough for names.
  const state = new Uint32Array([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
  const next = () => {
    let [x = 0, , , w = 0] = state;
    x ^= x << 11;
    x ^= x >>> 8;
    state.copyWithin(0, 1);
    w = (w ^ (w >>> 19) ^ x) >>> 0;
    state[3] = w;
    return w.toString(16).padStart(8, '0');
  };
  for (let warm = 0; warm < 16; warm += 1) next();
  return () => {
    const digits = next() + next() + next() + next();
    const [a, b, c, d] = [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(13, 16),
      digits.slice(17, 20),
    ];
    return `${a}-${b}-4${c}-8${d}-${digits.slice(20)}`;
  };
}
