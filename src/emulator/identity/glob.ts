/** Whether a text fits a pattern, where `*` stands for any characters, also none, and `?` for exactly one. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern === '*') return true;
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let position = 0; position < text.length;) {
    if (pattern[at] === '*') {
      star = at;
      resume = position;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // The last star takes one character more, and the rest of the pattern tries again.
      at = star + 1;
      position = resume += 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Like `matchesGlob`, but a wildcard stays within its part of the ARN, the last of which may hold colons. */
export function matchesArn(pattern: string, arn: string): boolean {
  const expected = partsOfArn(pattern);
  const actual = partsOfArn(arn);
  return (
    expected.length === actual.length &&
    expected.every((part, position) => matchesGlob(part, actual[position] ?? ''))
  );
}

function partsOfArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
