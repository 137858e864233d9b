/** Reads members of events of any shape: what is not there, or is something else, is undefined. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? at[key as keyof typeof at]
        : undefined,
    value,
  );
}

export function textMember(value: unknown, ...path: readonly string[]): string | undefined {
  const found = member(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function listMember(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = member(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A moment that a text tells. */
export function timeMember(value: unknown, ...path: readonly string[]): Date | undefined {
  return validTime(new Date(textMember(value, ...path) ?? ''));
}

/** Undefined for what is no moment at all. */
export const validTime = (time: Date): Date | undefined => (Number.isNaN(time.getTime()) ? undefined : time);
