export class InvalidSheetName extends Error {
  override readonly name = 'InvalidSheetName';
  readonly found: string;
  constructor(found: string) {
    super(
      `${JSON.stringify(found)} can not name a sheet: use 1 to 31 characters, none of them [ ] : * ? / \\ or a control ` +
        `character, no apostrophe at either end, not History, and no name twice in a workbook, whatever its case`,
    );
    this.found = found;
  }
}

/** Excel offers to repair, that is to cut, a workbook whose sheets are named otherwise. Throws InvalidSheetName. */
export function checkSheetNames(names: readonly string[]): void {
  const taken = new Set(['history']);
  for (const name of names) {
    const folded = name.toLowerCase();
    if (!allowed.test(name) || name.length > 31 || taken.has(folded)) throw new InvalidSheetName(name);
    taken.add(folded);
  }
}

const allowed = /^(?!')[^[\]:*?/\\\p{Cc}]+(?<!')$/u;
