/** A number in plain decimal digits: no exponent, which typed decoders refuse. Undefined for NaN and the infinities. */
export function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value === 0 ? 0 : value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-])(\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", direction, exponent] = match;
  const zeros = Number(exponent);
  return direction === "+"
    ? sign + whole + fraction.padEnd(zeros, "0")
    : `${sign}0.${"0".repeat(zeros - 1)}${whole}${fraction}`;
}

/** The nearest whole number in plain decimal digits, for keys of type long. Undefined for NaN and the infinities. */
export function integerText(value: number): string | undefined {
  return decimalText(Math.round(value));
}
