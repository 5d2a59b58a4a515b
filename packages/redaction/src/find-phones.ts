import { isAlphanumeric, matchAt, nextMatch, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const PLACEHOLDER = "[phone]";
const START = /\+[1-9]/g;
const NUMBER = /\+[1-9][0-9]{0,14}(?:[ \u00a0./-]?\([0-9]{1,5}\)[ \u00a0-]?[0-9]{1,12}|[ \u00a0./-][0-9]{1,12}){0,8}/y;
const LAST_GROUP = /[ \u00a0./()-]{1,3}[0-9]{1,12}$/;
const LEAST = 9;
const MOST = 15;
// ITU-T E.164 country codes, those of one and two digits, and the tens of three-digit ones.
const COUNTRY =
  /^(?:1[2-9]|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[1-8]|22|23|24|25|26|29[0178]|35|37|38[0-35-79]|42[013]|50|59|67|68|69[0-2]|80[08]|85[02356]|87|88[0-368]|96|97|99[2-68])/;

/** Telephone numbers in the international form of ITU-T E.164: `+`, a country code that exists, 9 to 15 digits, grouped or not. */
export function findPhones(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, START, from);
    if (match === undefined) return;
    from = match.index + match[0].length;
    const number = startsNumber(scan.text, match.index) ? numberAt(scan, match.index) : undefined;
    if (number === undefined) continue;
    found.push({ start: match.index, end: match.index + number.length, placeholder: PLACEHOLDER });
    from = match.index + number.length;
  }
}

function startsNumber(text: string, start: number): boolean {
  const before = text[start - 1] ?? " ";
  if (/\\[nrt]/.test(text.slice(Math.max(0, start - 2), start))) return true;
  return !isAlphanumeric(before.charCodeAt(0)) && !/[_.+-]/.test(before);
}

// Groups at the end that belong to something else are left: as many digits as a number may have, and in North America eleven.
function numberAt(scan: Scan, start: number): string | undefined {
  let number = matchAt(scan, NUMBER, start)?.[0] ?? "";
  if (isAlphanumeric(scan.text.charCodeAt(start + number.length))) number = number.replace(LAST_GROUP, "");
  let digits = digitsOf(number);
  const most = digits.startsWith("1") ? 11 : MOST;
  while (digits.length > most && LAST_GROUP.test(number)) {
    number = number.replace(LAST_GROUP, "");
    digits = digitsOf(number);
  }
  const least = digits.startsWith("1") ? 11 : LEAST;
  const fits = digits.length >= least && digits.length <= most && COUNTRY.test(digits);
  return fits && !isAlphanumeric(scan.text.charCodeAt(start + number.length)) ? number : undefined;
}

function digitsOf(number: string): string {
  return number.replace(/[^0-9]/g, "");
}
