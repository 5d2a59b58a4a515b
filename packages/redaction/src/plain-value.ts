import { isExpression, isHarmlessValue, isPlainWord, startsWithReference } from "./harmless-value.ts";
import type { NamedValue, ValueContext } from "./named-value.ts";
import { matchAt, runEnd, type Scan } from "./scan.ts";

const TO_END_OF_LINE = /[^\r\n]*/y;
const LINES: Readonly<Record<string, RegExp>> = { '"': /[^\r\n"]*/y, "'": /[^\r\n']*/y, "`": /[^\r\n`]*/y };
const TO_SEMICOLON = /[^;"'`\r\n]*/y;
const HEAD_LENGTH = 96;
const SEGMENT = /[^\s"'`<,;&|\\%]*/y;
// After one of these the value goes on, unless a blank, a bracket or another pair is there, or the end.
const STOP = /&quot;|&#3[49];|[,;&|]|\\[nrt"'`]|\\u0026|%26/y;
const NEXT_PAIR = /^(?:\s|$|[,;&|)}\]]|\\*["'`{[]|[\w.\-[\]]{1,40}\s?(?:=|%3D|:\s)|amp;)/i;
const AHEAD_LENGTH = 48;
const CLOSERS = ")]}>.,;:!?*";

/** A value without quotes; `isCredential` when a scheme such as `Bearer` stood before it. */
export function plainValue(
  scan: Scan,
  start: number,
  context: ValueContext,
  isCredential: boolean,
): NamedValue | undefined {
  const { kind, wholeLine, spaced, outerQuote, toSemicolon } = context;
  const head = scan.text.slice(start, start + HEAD_LENGTH);
  scan.work += HEAD_LENGTH;
  const word = /^\S*/.exec(head)?.[0] ?? "";
  if (isPlainWord(word) || startsWithReference(head) || (!isCredential && isExpression(word, spaced))) return undefined;
  const isLine = !isCredential && (kind === "header" || wholeLine || (spaced && outerQuote !== ""));
  const end = isLine
    ? lineEnd(scan, start, context)
    : toSemicolon
      ? runEnd(scan, TO_SEMICOLON, start)
      : tokenEnd(scan, start);
  const value = scan.text.slice(start, end).trimEnd();
  if (isHarmlessValue(value) || (kind === "token" && /^[0-9]{1,7}$/.test(value))) return undefined;
  return { start, end: start + value.length };
}

// Up to the quote that the pair stands in, or the end of the line.
function lineEnd(scan: Scan, start: number, { outerQuote, kind }: ValueContext): number {
  const line = matchAt(scan, LINES[outerQuote.slice(-1)] ?? TO_END_OF_LINE, start)?.[0] ?? "";
  const escaped = kind === "header" ? line.search(/\\[rn]/) : -1;
  const end = start + (escaped === -1 ? line : line.slice(0, escaped)).trimEnd().length;
  return endWithout(scan.text, start, end, outerQuote === "" ? ",;" : "\\");
}

function tokenEnd(scan: Scan, start: number): number {
  const { text } = scan;
  let end = runEnd(scan, SEGMENT, text[start] === "<" ? start + 1 : start);
  for (;;) {
    const stop = matchAt(scan, STOP, end)?.[0];
    if (stop === undefined && text[end] !== "\\" && text[end] !== "%") break;
    const after = end + (stop?.length ?? 1);
    if (stop !== undefined && endsValue(scan, stop, after)) break;
    end = runEnd(scan, SEGMENT, after);
  }
  return endWithout(text, start, end, CLOSERS);
}

function endsValue(scan: Scan, stop: string, after: number): boolean {
  scan.work += AHEAD_LENGTH;
  return /["'`]$|^&.+;$/.test(stop) || NEXT_PAIR.test(scan.text.slice(after, after + AHEAD_LENGTH));
}

// The punctuation of what is around a value does not belong to it.
function endWithout(text: string, start: number, end: number, characters: string): number {
  let last = end;
  while (last > start && characters.includes(text.charAt(last - 1))) last--;
  return last;
}
