import type { AwsError } from '../../../aws-error.ts';
import { validationException } from '../validation-exception.ts';

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

export function refusal(kind: ExpressionKind, message: string): AwsError {
  return validationException(`Invalid ${kind}: ${message}`);
}

/** `#name`s stand in a path as they were written, until the request's names are known. */
export type PathSyntax = readonly (string | number)[];

export type Operand =
  | { readonly kind: 'path'; readonly path: PathSyntax }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] };

export const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly lower: Operand; readonly upper: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly choices: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] };

export type Assigned =
  | Operand
  | { readonly kind: 'sum'; readonly sign: '+' | '-'; readonly left: Operand; readonly right: Operand };

export interface Update {
  readonly set: readonly { readonly path: PathSyntax; readonly value: Assigned }[];
  readonly remove: readonly PathSyntax[];
  readonly add: readonly { readonly path: PathSyntax; readonly value: Operand }[];
  readonly delete: readonly { readonly path: PathSyntax; readonly value: Operand }[];
}

/** Expressions come again and again with the same text; each text is parsed once. */
export function cachedByText<T>(
  parse: (text: string, kind: ExpressionKind) => T,
): (text: string, kind: ExpressionKind) => T {
  const known = new Map<string, T>();
  return (text, kind) => {
    const cached = known.get(text);
    if (cached) return cached;
    if (text.trim() === '') throw refusal(kind, 'The expression can not be empty;');
    if (text.length > longestExpression) {
      throw refusal(
        kind,
        `Expression size has exceeded the maximum allowed size; expression size: ${text.length}`,
      );
    }
    const parsed = parse(text, kind);
    if (known.size >= mostCached) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

const longestExpression = 4096;
const mostCached = 1000;
