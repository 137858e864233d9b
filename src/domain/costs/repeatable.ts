/** What is made anew each time that somebody goes through it, for lists that are too long to be kept. */
export function repeatable<T>(make: () => Iterator<T>): Iterable<T> {
  return { [Symbol.iterator]: make };
}
