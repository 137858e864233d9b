import { isReservedWord } from './reserved-words.ts';
import { refusal, type ExpressionKind, type Operand, type PathSyntax } from './syntax.ts';
import type { TokenReader } from './tokens.ts';

/** `a.#b[0]`. Throws ValidationException on a reserved word. */
export function parsePath(tokens: TokenReader, kind: ExpressionKind): PathSyntax {
  const path: (string | number)[] = [parseName(tokens, kind)];
  for (;;) {
    if (tokens.take('.')) path.push(parseName(tokens, kind));
    else if (tokens.take('[')) {
      if (tokens.peek().kind !== 'number') tokens.refuse();
      path.push(Number(tokens.next().text));
      tokens.expect(']');
    } else return path;
  }
}

function parseName(tokens: TokenReader, kind: ExpressionKind): string {
  const token = tokens.peek();
  if (token.kind !== 'word' && token.kind !== 'name') tokens.refuse();
  if (token.kind === 'word' && isReservedWord(token.text)) {
    throw refusal(kind, `Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
  }
  return tokens.next().text;
}

/** A path, a `:value`, or a function of operands. */
export function parseOperand(tokens: TokenReader, kind: ExpressionKind): Operand {
  if (tokens.take('(')) {
    const operand = parseOperand(tokens, kind);
    tokens.expect(')');
    return operand;
  }
  const token = tokens.peek();
  if (token.kind === 'value') return { kind: 'value', name: tokens.next().text };
  if (token.kind === 'word' && tokens.peek(1).text === '(') {
    return { kind: 'call', name: tokens.next().text, operands: parseOperandList(tokens, kind) };
  }
  return { kind: 'path', path: parsePath(tokens, kind) };
}

export function parseOperandList(tokens: TokenReader, kind: ExpressionKind): readonly Operand[] {
  tokens.expect('(');
  const operands = [parseOperand(tokens, kind)];
  while (tokens.take(',')) operands.push(parseOperand(tokens, kind));
  tokens.expect(')');
  return operands;
}
