import { isNode, parseDocument, type CollectionTag, type ScalarTag, type Tags } from 'yaml';

/** What the short forms of functions stand for; `!GetAtt Queue.Arn` may stay text, as in the long form. */
const longForms: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  ...Object.fromEntries(
    'And Base64 Contains Equals FindInMap GetAtt If ImportValue Join Not Or Select Split Sub'
      .split(' ')
      .map((name) => [`!${name}`, `Fn::${name}`]),
  ),
};

const tags: Tags = Object.entries(longForms).flatMap(([tag, name]) => {
  const call = (argument: unknown) => ({
    [name]: isNode(argument) ? (argument.toJSON() as unknown) : argument,
  });
  const scalar: ScalarTag = { tag, resolve: call };
  const collection = (kind: 'seq' | 'map'): CollectionTag => ({ tag, collection: kind, resolve: call });
  return [scalar, collection('seq'), collection('map')];
});

/** Reads a template in YAML, short forms of functions unfolded. Throws what is wrong with its first mistake. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text, { customTags: tags });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake) throw mistake;
  return document.toJS() as unknown;
}
