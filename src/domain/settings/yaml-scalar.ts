const nothing = /^(?:~|null|Null|NULL|)$/;
const yes = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const integer = /^[-+]?(?:0|[1-9][\d_]*)$/;
const octal = /^[-+]?0[0-7_]+$/;
const hexadecimal = /^[-+]?0x[\da-fA-F_]+$/;
const binary = /^[-+]?0b[01_]+$/;
const sexagesimal = /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/;
const decimal = /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/;

/**
 * The value of a plain scalar as PyYAML 6 reads it: existing files were written for it. `yes` is a boolean and
 * `012345678901` is text, against YAML 1.2, where both are the other way round. Dates stay text.
 */
export function plainScalar(text: string): string | number | boolean | null {
  if (nothing.test(text)) return null;
  if (yes.test(text)) return true;
  if (no.test(text)) return false;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const magnitude = magnitudeOf(text, digits);
  if (magnitude === undefined) return text;
  return text.startsWith('-') ? -magnitude : magnitude;
}

function magnitudeOf(text: string, digits: string): number | undefined {
  if (integer.test(text) || decimal.test(text)) return Number(digits);
  if (octal.test(text)) return Number.parseInt(digits, 8);
  if (hexadecimal.test(text) || binary.test(text)) return Number(digits);
  if (sexagesimal.test(text)) return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return undefined;
}
