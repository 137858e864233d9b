import { attributeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import { validationException } from '../validation-exception.ts';

/** Names lead into maps, numbers into lists. */
export type Path = readonly (string | number)[];

export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    if (value === undefined) return undefined;
    value = child(value, step);
  }
  return value;
}

/** The item with a value at the path; beyond the end of a list it is appended. Throws ValidationException. */
export function withValue(item: Item, path: Path, value: AttributeValue): Item {
  return changed(item, path, () => value);
}

/** The item without what is at the path, if anything is. Throws ValidationException when the way there is missing. */
export function withoutValue(item: Item, path: Path): Item {
  return changed(item, path, () => undefined);
}

type Change = (value: AttributeValue | undefined) => AttributeValue | undefined;

function changed(item: Item, path: Path, change: Change): Item {
  const result = changeAt({ M: item }, path, change);
  return result && 'M' in result ? result.M : item;
}

function changeAt(value: AttributeValue | undefined, path: Path, change: Change): AttributeValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (value && typeof step === 'string' && 'M' in value) {
    return { M: withMember(value.M, step, changeAt(attributeOf(value.M, step), rest, change)) };
  }
  if (value && typeof step === 'number' && 'L' in value) {
    return { L: withElement(value.L, step, changeAt(value.L[step], rest, change)) };
  }
  throw validationException('The document path provided in the update expression is invalid for update');
}

function withMember(members: Item, name: string, value: AttributeValue | undefined): Item {
  if (value) return { ...members, [name]: value };
  const { [name]: _removed, ...others } = members;
  return others;
}

function withElement(
  elements: readonly AttributeValue[],
  index: number,
  value: AttributeValue | undefined,
): readonly AttributeValue[] {
  if (!value) return elements.filter((_, at) => at !== index);
  return index < elements.length ? elements.with(index, value) : [...elements, value];
}

function child(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'string') return 'M' in value ? attributeOf(value.M, step) : undefined;
  return 'L' in value ? value.L[step] : undefined;
}

export function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** `[a, [0], b]`, as AWS writes paths in its messages. */
export function pathText(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}
