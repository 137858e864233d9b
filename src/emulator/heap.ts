/** A binary heap: the smallest item first, in logarithmic time. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
  first(): T | undefined;
}

export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];
  const at = (index: number) => items[index] as T;
  const before = (a: number, b: number) => compare(at(a), at(b)) < 0;

  function swap(a: number, b: number) {
    const kept = at(a);
    items[a] = at(b);
    items[b] = kept;
  }

  function rise(index: number) {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!before(child, parent)) return;
      swap(child, parent);
      child = parent;
    }
  }

  function sink() {
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= items.length) return;
      const child = left + 1 < items.length && before(left + 1, left) ? left + 1 : left;
      if (!before(child, parent)) return;
      swap(child, parent);
      parent = child;
    }
  }

  return {
    push(item) {
      items.push(item);
      rise(items.length - 1);
    },
    pop() {
      const top = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        sink();
      }
      return top;
    },
    first: () => items[0],
  };
}
