import { parsePath } from './parse-operand.ts';
import { cachedByText, type ExpressionKind, type PathSyntax } from './syntax.ts';
import { readTokens } from './tokens.ts';

/** Paths, with commas between them. */
export const parseProjection = cachedByText((text: string, kind: ExpressionKind): readonly PathSyntax[] => {
  const tokens = readTokens(text, kind);
  const paths = [parsePath(tokens, kind)];
  while (tokens.take(',')) paths.push(parsePath(tokens, kind));
  if (tokens.peek().kind !== 'end') tokens.refuse();
  return paths;
});
