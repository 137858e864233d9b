import { refusal, type ExpressionKind } from './syntax.ts';

export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the tokens of one expression, one after the other; `refuse` tells where reading failed, as AWS does. */
export interface TokenReader {
  peek(ahead?: number): Token;
  next(): Token;
  /** Takes the next token when it has this text (keywords in any case). */
  take(text: string): boolean;
  expect(text: string): void;
  refuse(token?: Token): never;
}

const tokenPattern = /\s*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])|(\S))/y;

export function readTokens(text: string, kind: ExpressionKind): TokenReader {
  const end: Token = { kind: 'end', text: '<EOF>', start: text.length, end: text.length };
  const tokens = [...tokenize(text), end];
  let position = 0;

  const peek = (ahead = 0) => tokens[position + ahead] ?? end;

  function next(): Token {
    const token = peek();
    position += 1;
    return token;
  }

  function refuse(token = peek()): never {
    const index = tokens.indexOf(token);
    const from = tokens[Math.max(0, index - 1)]?.start;
    const to = tokens[Math.min(index + 1, tokens.length - 1)]?.end;
    const near = text.slice(from, to).trim();
    throw refusal(kind, `Syntax error; token: "${token.text}", near: "${near}"`);
  }

  function take(expected: string): boolean {
    const found = peek();
    const matches =
      (found.kind === 'word' || found.kind === 'symbol') && found.text.toUpperCase() === expected;
    if (matches) position += 1;
    return matches;
  }

  return {
    peek,
    next,
    take,
    expect(expected) {
      if (!take(expected)) refuse();
    },
    refuse,
  };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const found = match[0].trimStart();
    const end = pattern.lastIndex;
    tokens.push({ kind: kindOf(match), text: found, start: end - found.length, end });
  }
  return tokens;
}

/** A character that belongs to no token is a symbol that no rule expects. */
function kindOf([, word, name, value, number]: readonly (string | undefined)[]): TokenKind {
  if (word !== undefined) return 'word';
  if (name !== undefined) return 'name';
  if (value !== undefined) return 'value';
  return number !== undefined ? 'number' : 'symbol';
}
