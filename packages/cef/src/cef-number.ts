// Between these `String` writes no exponent.
const LEAST_PLAIN = 1e-6;
const MOST_PLAIN = 1e21;

/** A number in plain decimal digits: no exponent, which typed decoders refuse. Undefined for NaN and the infinities. */
export function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const size = Math.abs(value);
  if (size >= LEAST_PLAIN && size < MOST_PLAIN) return String(value);
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

/** A time in milliseconds since 1970 as its digits. In two parts, of which the engine writes each far faster than the whole. */
export function epochText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const isCommon = seconds > 0 && seconds <= 0x7fffffff && Number.isInteger(timeMs);
  return isCommon ? String(seconds) + String(1000 + timeMs - seconds * 1000).slice(1) : String(timeMs);
}
