import { featureStates } from './settings.ts';
import { fileMap, listOf, oneOf, optionalText, section, text, textMap } from './shape-parts.ts';
import { accountNumber, anyText, tagKey, tagValue, unitIdentifier, variableName } from './value-forms.ts';
import type { Form } from './value-forms.ts';

const variableValue: Form = { ...anyText, expected: 'text, a number, true or false' };

const work = (what: string) =>
  section({
    feature: oneOf(featureStates, `Whether accounts are ${what}; disabled unless said otherwise.`),
    variables: textMap(
      variableName,
      variableValue,
      'names to values',
      'Variables of the build. Values become text.',
    ),
  }).nullish();

const common = {
  note: optionalText(anyText, 'For people only.'),
  account_tags: textMap(tagKey, tagValue, 'keys to values', 'Tags put on accounts. Values become text.'),
  unset_tags: listOf(tagKey, 'keys of tags', 'Obsolete tags, removed when accounts are on-boarded.'),
  preparation: work('prepared after on-boarding and after each purge'),
  purge: work('purged when they expire'),
  notifications: section({
    feature: oneOf(
      featureStates,
      'Whether holders of accounts are written to; disabled unless said otherwise.',
    ),
    documents: fileMap('Files to send.'),
    placeholders: textMap(anyText, variableValue, 'names to values', 'What stands for what in these files.'),
  }).nullish(),
};

export const defaultsShape = section(common).nullish().meta({
  description: 'Fill what organizational units and accounts leave out, tag by tag and variable by variable.',
});

export const unitShape = section({ identifier: text(unitIdentifier), ...common });

export const accountShape = section({ identifier: text(accountNumber), ...common });
