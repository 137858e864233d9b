/** Runs for each item, so many at a time at most; results keep the order of the items. */
export async function atATime<T, Result>(
  most: number,
  items: readonly T[],
  run: (item: T) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  async function work() {
    for (const [index, item] of left) results[index] = await run(item);
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
  return results;
}
