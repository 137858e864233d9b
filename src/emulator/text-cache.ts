/**
 * Reads texts that thousands of accounts may hold, each once: what they have in common is kept, and shared, while what one
 * of them has is forgotten after so many others. `read` may throw.
 */
export function cacheOfTexts<Value>(size: number, read: (text: string) => Value): (text: string) => Value {
  const cache = new Map<string, Value>();
  return (text) => {
    const known = cache.get(text);
    const value = known ?? read(text);
    if (known !== undefined) cache.delete(text);
    else if (cache.size >= size) cache.delete(cache.keys().next().value ?? '');
    cache.set(text, value);
    return value;
  };
}
