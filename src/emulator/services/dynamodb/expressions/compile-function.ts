import { attributeTypes, typeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import { bytesOf, sameValue } from '../compare-values.ts';
import type { Binding } from './binding.ts';
import {
  bindOperand,
  checkType,
  misuse,
  oneOperand,
  twoOperands,
  type BoundOperand,
} from './compile-operand.ts';
import { refusal, type ExpressionKind, type Operand } from './syntax.ts';

export type Predicate = (item: Item) => boolean;

/** A function that is a condition by itself. Throws ValidationException. */
export function compileFunction(
  name: string,
  operands: readonly Operand[],
  kind: ExpressionKind,
  binding: Binding,
): Predicate {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists': {
      const { read } = pathOperand(name, oneOperand(name, operands, kind), kind, binding);
      const wanted = name === 'attribute_exists';
      return (item) => (read(item) !== undefined) === wanted;
    }
    case 'attribute_type': {
      const [operand, type] = twoOperands(name, operands, kind);
      const { read } = pathOperand(name, operand, kind, binding);
      return compileTypeCheck(read, bindOperand(type, kind, binding), kind);
    }
    case 'begins_with': {
      const [whole, prefix] = twoBound(name, operands, kind, binding);
      for (const operand of [whole, prefix]) checkType(name, operand, ['S', 'B'], kind);
      return (item) => beginsWith(whole.read(item), prefix.read(item));
    }
    case 'contains': {
      const [whole, part] = twoBound(name, operands, kind, binding);
      return (item) => contains(whole.read(item), part.read(item));
    }
    default:
      throw misuse(name, kind);
  }
}

function twoBound(
  name: string,
  operands: readonly Operand[],
  kind: ExpressionKind,
  binding: Binding,
): readonly [BoundOperand, BoundOperand] {
  const [first, second] = twoOperands(name, operands, kind);
  return [bindOperand(first, kind, binding), bindOperand(second, kind, binding)];
}

function pathOperand(name: string, operand: Operand, kind: ExpressionKind, binding: Binding): BoundOperand {
  if (operand.kind === 'path') return bindOperand(operand, kind, binding);
  throw refusal(kind, `Operator or function requires a document path; operator or function: ${name}`);
}

function compileTypeCheck(read: BoundOperand['read'], type: BoundOperand, kind: ExpressionKind): Predicate {
  checkType('attribute_type', type, ['S'], kind);
  const wanted = type.literal && 'S' in type.literal ? type.literal.S : '';
  if (!attributeTypes.some((known) => known === wanted)) {
    throw refusal(
      kind,
      `Invalid attribute type name found; type: ${wanted}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
  }
  return (item) => {
    const value = read(item);
    return value !== undefined && typeOf(value) === wanted;
  };
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (!value || !prefix) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  return 'B' in value && 'B' in prefix && bytesOf(value.B).startsWith(bytesOf(prefix.B));
}

/** A part of a text or a binary, or a member of a set or a list. */
function contains(value: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (!value || !part) return false;
  if ('L' in value) return value.L.some((member) => sameValue(member, part));
  if ('S' in part)
    return 'S' in value ? value.S.includes(part.S) : 'SS' in value && value.SS.includes(part.S);
  if ('N' in part) return 'NS' in value && value.NS.includes(part.N);
  if (!('B' in part)) return false;
  return 'B' in value
    ? bytesOf(value.B).includes(bytesOf(part.B))
    : 'BS' in value && value.BS.includes(part.B);
}
