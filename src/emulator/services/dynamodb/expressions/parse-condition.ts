import { parseOperand, parseOperandList } from './parse-operand.ts';
import {
  cachedByText,
  comparators,
  refusal,
  type Comparator,
  type Condition,
  type ExpressionKind,
  type Operand,
} from './syntax.ts';
import { readTokens, type TokenReader } from './tokens.ts';

/** Parentheses may hold a condition or an operand, and only what follows tells which. */
type Term =
  | { readonly kind: 'condition'; readonly condition: Condition; readonly inParentheses: boolean }
  | { readonly kind: 'operand'; readonly operand: Operand; readonly inParentheses: boolean };

/** Conditions, filters and key conditions have one grammar: NOT binds closest, then AND, then OR. */
export const parseCondition = cachedByText((text: string, kind: ExpressionKind): Condition => {
  const tokens = readTokens(text, kind);
  const condition = asCondition(parseOr(tokens, kind), tokens);
  if (tokens.peek().kind !== 'end') tokens.refuse();
  return condition;
});

function parseOr(tokens: TokenReader, kind: ExpressionKind): Term {
  let left = parseAnd(tokens, kind);
  while (tokens.take('OR')) {
    const right = asCondition(parseAnd(tokens, kind), tokens);
    left = condition({ kind: 'or', left: asCondition(left, tokens), right });
  }
  return left;
}

function parseAnd(tokens: TokenReader, kind: ExpressionKind): Term {
  let left = parseNot(tokens, kind);
  while (tokens.take('AND')) {
    const right = asCondition(parseNot(tokens, kind), tokens);
    left = condition({ kind: 'and', left: asCondition(left, tokens), right });
  }
  return left;
}

function parseNot(tokens: TokenReader, kind: ExpressionKind): Term {
  if (!tokens.take('NOT')) return parseComparison(tokens, kind);
  return condition({ kind: 'not', condition: asCondition(parseNot(tokens, kind), tokens) });
}

function parseComparison(tokens: TokenReader, kind: ExpressionKind): Term {
  const term = parseTerm(tokens, kind);
  const comparator = comparatorOf(tokens.peek().text);
  if (comparator) {
    const left = asOperand(term, tokens);
    tokens.next();
    return condition({ kind: 'compare', comparator, left, right: parseOperand(tokens, kind) });
  }
  if (tokens.take('BETWEEN')) {
    const lower = parseOperand(tokens, kind);
    tokens.expect('AND');
    const upper = parseOperand(tokens, kind);
    return condition({ kind: 'between', operand: asOperand(term, tokens), lower, upper });
  }
  if (tokens.take('IN')) {
    const choices = parseOperandList(tokens, kind);
    return condition({ kind: 'in', operand: asOperand(term, tokens), choices });
  }
  return term;
}

function parseTerm(tokens: TokenReader, kind: ExpressionKind): Term {
  if (!tokens.take('('))
    return { kind: 'operand', operand: parseOperand(tokens, kind), inParentheses: false };
  const inner = parseOr(tokens, kind);
  tokens.expect(')');
  if (inner.inParentheses) throw refusal(kind, 'The expression has redundant parentheses;');
  return { ...inner, inParentheses: true };
}

function condition(parsed: Condition): Term {
  return { kind: 'condition', condition: parsed, inParentheses: false };
}

/** A function that stands alone is a condition; a path or a value is none. */
function asCondition(term: Term, tokens: TokenReader): Condition {
  if (term.kind === 'condition') return term.condition;
  return term.operand.kind === 'call' ? term.operand : tokens.refuse();
}

function asOperand(term: Term, tokens: TokenReader): Operand {
  return term.kind === 'operand' ? term.operand : tokens.refuse();
}

function comparatorOf(text: string): Comparator | undefined {
  return comparators.find((comparator) => comparator === text);
}
