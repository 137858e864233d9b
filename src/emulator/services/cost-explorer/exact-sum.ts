/** A sum of decimal texts that rounds nothing. */
export interface ExactSum {
  add(amount: string): void;
  /** All digits, without exponent or idle zeros. */
  text(): string;
}

export function createExactSum(): ExactSum {
  let digits = 0n;
  let scale = 0;

  function add(amount: string) {
    const [whole = '0', fraction = ''] = amount.split('.');
    const finest = Math.max(scale, fraction.length);
    const added = BigInt(whole + fraction) * 10n ** BigInt(finest - fraction.length);
    digits = digits * 10n ** BigInt(finest - scale) + added;
    scale = finest;
  }

  return { add, text: () => decimalText(digits, scale) };
}

/** `digits` times ten to the power of minus `scale`, in plain decimals. */
export function decimalText(digits: bigint, scale: number): string {
  const unsigned = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = unsigned.slice(0, unsigned.length - scale);
  const fraction = unsigned.slice(unsigned.length - scale).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
