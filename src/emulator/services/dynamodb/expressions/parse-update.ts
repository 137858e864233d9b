import { parseOperand, parsePath } from './parse-operand.ts';
import {
  cachedByText,
  refusal,
  type Assigned,
  type ExpressionKind,
  type Operand,
  type PathSyntax,
  type Update,
} from './syntax.ts';
import { readTokens, type TokenReader } from './tokens.ts';

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Up to four sections, each at most once, in any order. */
export const parseUpdate = cachedByText((text: string, kind: ExpressionKind): Update => {
  const tokens: TokenReader = readTokens(text, kind);
  const parsed = new Map<string, Partial<Update>>();
  do {
    const section = sections.find((name) => tokens.take(name)) ?? tokens.refuse();
    if (parsed.has(section)) {
      throw refusal(kind, `The "${section}" section can only be used once in an update expression;`);
    }
    parsed.set(section, parsers[section](tokens, kind));
  } while (tokens.peek().kind !== 'end');
  return {
    set: [],
    remove: [],
    add: [],
    delete: [],
    ...parsed.get('SET'),
    ...parsed.get('REMOVE'),
    ...parsed.get('ADD'),
    ...parsed.get('DELETE'),
  };
});

const parsers: Readonly<
  Record<(typeof sections)[number], (tokens: TokenReader, kind: ExpressionKind) => Partial<Update>>
> = {
  SET: (tokens, kind) => ({ set: listOf(tokens, () => parseAssignment(tokens, kind)) }),
  REMOVE: (tokens, kind) => ({ remove: listOf(tokens, () => parsePath(tokens, kind)) }),
  ADD: (tokens, kind) => ({ add: listOf(tokens, () => parsePathAndValue(tokens, kind)) }),
  DELETE: (tokens, kind) => ({ delete: listOf(tokens, () => parsePathAndValue(tokens, kind)) }),
};

function listOf<T>(tokens: TokenReader, parse: () => T): readonly T[] {
  const members = [parse()];
  while (tokens.take(',')) members.push(parse());
  return members;
}

function parseAssignment(tokens: TokenReader, kind: ExpressionKind): { path: PathSyntax; value: Assigned } {
  const path = parsePath(tokens, kind);
  tokens.expect('=');
  return { path, value: parseAssigned(tokens, kind) };
}

/** One operand, or two with a sign between them; the whole may stand in parentheses. */
function parseAssigned(tokens: TokenReader, kind: ExpressionKind): Assigned {
  if (tokens.take('(')) {
    const inner = parseAssigned(tokens, kind);
    tokens.expect(')');
    return inner.kind === 'sum' ? inner : withSign(inner, tokens, kind);
  }
  return withSign(parseOperand(tokens, kind), tokens, kind);
}

function withSign(left: Operand, tokens: TokenReader, kind: ExpressionKind): Assigned {
  if (tokens.take('+')) return { kind: 'sum', sign: '+', left, right: parseOperand(tokens, kind) };
  if (tokens.take('-')) return { kind: 'sum', sign: '-', left, right: parseOperand(tokens, kind) };
  return left;
}

function parsePathAndValue(tokens: TokenReader, kind: ExpressionKind): { path: PathSyntax; value: Operand } {
  const path = parsePath(tokens, kind);
  if (tokens.peek().kind !== 'value') tokens.refuse();
  return { path, value: parseOperand(tokens, kind) };
}
