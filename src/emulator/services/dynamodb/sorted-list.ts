/**
 * Items in order, in chunks, so that a hundred thousand of them take an insertion in the middle without moving
 * all that follow. Do not change it while iterating.
 */
export interface SortedList<T> {
  readonly size: number;
  /** Puts an item at its place, instead of an equal one when there is one. */
  put(item: T): void;
  /** The item that compares equal. */
  find(item: T): T | undefined;
  remove(item: T): void;
  first(): T | undefined;
  /** In order, from the first item for which `before` no longer holds. */
  ascending(before?: (item: T) => boolean): Iterable<T>;
  /** In reverse order, from the last item for which `after` does not hold yet. */
  descending(after?: (item: T) => boolean): Iterable<T>;
}

interface Place {
  readonly chunk: number;
  readonly index: number;
}

const largestChunk = 512;

export function createSortedList<T>(compare: (a: T, b: T) => number): SortedList<T> {
  const chunks: T[][] = [];
  let size = 0;

  /** Place of the first item for which `before` does not hold; beyond the last chunk when there is none. */
  function locate(before: (item: T) => boolean): Place {
    const notBefore = (item: T | undefined) => item !== undefined && !before(item);
    const chunk = firstIndex(chunks.length, (index) => notBefore(chunks[index]?.at(-1)));
    const items = chunks[chunk] ?? [];
    const index = firstIndex(items.length, (at) => notBefore(items[at]));
    return { chunk, index };
  }

  function placeOf(item: T): Place & { readonly found: T | undefined } {
    const place = locate((other) => compare(other, item) < 0);
    const found = chunks[place.chunk]?.[place.index];
    return { ...place, found: found !== undefined && compare(found, item) === 0 ? found : undefined };
  }

  function insert({ chunk, index }: Place, item: T) {
    const items = chunks[chunk] ?? chunks.at(-1);
    size += 1;
    if (!items) {
      chunks.push([item]);
      return;
    }
    if (chunk === chunks.length) items.push(item);
    else items.splice(index, 0, item);
    if (items.length > largestChunk) {
      chunks.splice(Math.min(chunk, chunks.length - 1) + 1, 0, items.splice(largestChunk / 2));
    }
  }

  function* ascending(before: (item: T) => boolean = () => false): Iterable<T> {
    const place = locate(before);
    for (let chunk = place.chunk; chunk < chunks.length; chunk += 1) {
      yield* chunk === place.chunk ? (chunks[chunk] ?? []).slice(place.index) : (chunks[chunk] ?? []);
    }
  }

  function* descending(after: (item: T) => boolean = () => false): Iterable<T> {
    const place = locate((item) => !after(item));
    for (let chunk = Math.min(place.chunk, chunks.length - 1); chunk >= 0; chunk -= 1) {
      const items = chunks[chunk] ?? [];
      const end = chunk === place.chunk ? place.index : items.length;
      yield* items.slice(0, end).reverse();
    }
  }

  return {
    get size() {
      return size;
    },
    put(item) {
      const place = placeOf(item);
      const items = chunks[place.chunk];
      if (place.found !== undefined && items) items[place.index] = item;
      else insert(place, item);
    },
    find: (item) => placeOf(item).found,
    remove(item) {
      const place = placeOf(item);
      const items = chunks[place.chunk];
      if (place.found === undefined || !items) return;
      items.splice(place.index, 1);
      if (items.length === 0) chunks.splice(place.chunk, 1);
      size -= 1;
    },
    first: () => chunks[0]?.[0],
    ascending,
    descending,
  };
}

/** Smallest index from 0 to `count` for which `holds` is true, when it is false before and true after. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
