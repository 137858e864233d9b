import { inWords, isRecord, type Rule } from './shape.ts';

const mostTags = 50;

/** AWS's limits of tags; those of its own begin with `aws:`, which resources may bear and people may not write. */
export function tagsRule(whose: 'written by people' | 'also of AWS'): Rule {
  const keyHolds = (key: string) =>
    key.length >= 1 && key.length <= 128 && (whose === 'also of AWS' || !/^aws:/i.test(key));
  const valueHolds = (value: unknown) => typeof value === 'string' && value.length <= 256;
  const expected = `an object of at most ${mostTags} tags`;
  return {
    expected,
    holds: (tags) =>
      isRecord(tags) &&
      Object.keys(tags).length <= mostTags &&
      Object.entries(tags).every(([key, value]) => keyHolds(key) && valueHolds(value)),
    explain(tags, path, report) {
      if (!isRecord(tags)) return report(path, inWords(tags), expected);
      const count = Object.keys(tags).length;
      if (count > mostTags) report(path, `${count} tags`, expected);
      for (const [key, value] of Object.entries(tags)) {
        if (!keyHolds(key)) {
          report([...path, key], 'such a key', 'a key of 1 to 128 characters, not beginning with aws:');
        }
        if (!valueHolds(value)) report([...path, key], inWords(value), 'text of at most 256 characters');
      }
    },
  };
}
