import { isPathValue } from "./harmless-value.ts";
import { namedValue, type NamedValue, type ValueContext } from "./named-value.ts";
import { matchAt, nextMatch, runEnd, runStart, type Scan, textBefore } from "./scan.ts";
import { secretName, type SecretName } from "./secret-name.ts";
import type { Span } from "./span.ts";

const WORD =
  /pass|pwd|[_-]pw|kennwort|contrase|secret|token|key|cookie|cred|authorization|[_-]auth|bearer|jwt|otp|cvv|cvc|mnemonic|phrase|code/gi;
const NAME_REST = /[\w.$\-\u00c0-\u024f]*/y;
const MAX_NAME = 128;
// What closes a name: quotes, a bracket, Markdown.
const CLOSING = /(?:[\\"'`*\])]|&quot;|&#3[49];){0,20}/y;
const SEPARATOR = /[ \t]{0,32}(===?|!==?|=>|->|:=|=|:(?![:/]{2})(?!:)|[：＝]|%3[AaDd])\*{0,2}/y;
const PAIRED_VALUE = /(?:,|\s|\\[nrt"]){0,16}\\{0,7}["']?[vV]alue\\{0,7}["']?\s{0,4}[=:]/y;
const BLANK = /[ \t]{1,32}/y;
const LINE_START = /(?:^|[\n\r]|\\n)[ \t>#*-]{0,32}(?:(?:export|set|env|setx|ENV|ARG|\$env:)[ \t]{0,8})?["'`]?$/;
const SET_COMMAND = /\b(?:setx|set[ \t]{1,4}-\w{1,4}|config(?:ure)?[ \t]{1,4}set)[ \t]{1,4}[^\s=]{0,60}$/;
const NETRC = /\blogin\s{1,8}\S{1,64}\s{1,8}$/;
const WORD_BEFORE = /([A-Za-z]{2,16})[ ]$/;
// `-pSECRET` is a flag with its value, `-password` a name.
const SHORT_FLAG = /^-p(?!ass)/;
// `Server=db;` in a connection string (Microsoft, ODBC).
const CONNECTION = /[A-Za-z][A-Za-z ]{0,30}=[^;=\s"'`]{1,64}=?=?; ?$/;
const BEFORE = 80;
const BEFORE_NOUN = 18;
const LONGEST_NOUN = 8;

/**
 * Values under secret names: `name = value`, `name: value`, `"name": "value"` and their escaped forms, headers, flags
 * (`--password x`), XML elements and attributes, YAML with block scalars, `name`/`value` pairs, .netrc, SQL.
 */
export function findNamedSecrets(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, WORD, from);
    if (match === undefined) return;
    const start = nameStart(scan, match.index, from);
    from = runEnd(scan, NAME_REST, match.index + match[0].length);
    const kind = kindOf(scan, start, from);
    if (kind === undefined) continue;
    const value = valueOf(scan, start, from, kind);
    if (value === undefined) continue;
    found.push(quoteNumber(scan, start, from, value));
    from = Math.max(from, value.end);
  }
}

function nameStart(scan: Scan, at: number, floor: number): number {
  const start = runStart(scan, at, floor, isNameCode);
  // The n of a line break that is written as `\n` is no part of the name, nor are the digits of `%3F`.
  if (scan.text[start - 1] === "%" && /^[0-9A-F]{2}/i.test(scan.text.slice(start, at))) return start + 2;
  return scan.text[start - 1] === "\\" && start < at && /[nrt]/.test(scan.text[start] ?? "") ? start + 1 : start;
}

function isNameCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x24 ||
    (code >= 0xc0 && code <= 0x24f)
  );
}

// `key` alone says nothing, `API key` does; `token` says something, `unexpected token` does not.
function kindOf(scan: Scan, start: number, end: number): SecretName | undefined {
  const name = scan.text.slice(Math.max(start, end - MAX_NAME), end);
  const kind = secretName(name);
  if (name.length > LONGEST_NOUN) return kind;
  const before = WORD_BEFORE.exec(textBefore(scan, start, BEFORE_NOUN))?.[1];
  return before === undefined ? kind : secretName(`${before}_${name}`);
}

function valueOf(scan: Scan, start: number, end: number, kind: SecretName): NamedValue | undefined {
  const closing = matchAt(scan, CLOSING, end)?.[0] ?? "";
  const closed = end + closing.length;
  const value = assigned(scan, start, closed, closing, kind) ?? announced(scan, start, end, closed, kind);
  if (value === undefined || !/pwd$/i.test(scan.text.slice(start, end))) return value;
  return isPathValue(scan.text.slice(value.start, value.end)) ? undefined : value;
}

function assigned(
  scan: Scan,
  start: number,
  closed: number,
  closing: string,
  kind: SecretName,
): NamedValue | undefined {
  const context = { kind, outerQuote: "", onlyQuoted: false, wholeLine: false, toSemicolon: false, spaced: false };
  const paired = matchAt(scan, PAIRED_VALUE, closed);
  if (paired !== undefined) return namedValue(scan, { ...context, at: closed + paired[0].length });
  if (scan.text[closed] === ">" && closing === "" && /[</:]/.test(scan.text[start - 1] ?? "")) {
    return elementValue(scan, closed + 1);
  }
  const separator = matchAt(scan, SEPARATOR, closed);
  if (separator === undefined) return undefined;
  const at = closed + separator[0].length;
  const sign = separator[1] ?? "";
  const spaced = separator[0].startsWith(" ") || /[ \t]/.test(scan.text[at] ?? "");
  const before = lineBefore(scan, start);
  const bare = !/["'`]/.test(closing);
  return namedValue(scan, {
    kind,
    at,
    outerQuote: bare ? (/\\{0,7}["'`]$/.exec(before)?.[0] ?? "") : "",
    toSemicolon: !spaced && bare && CONNECTION.test(before),
    onlyQuoted: /^(?:===?|!==?|=>|->)$/.test(sign),
    wholeLine: spaced && bare && LINE_START.test(before),
    spaced,
  });
}

// Where it is cut off, its beginning is no beginning of a line.
function lineBefore(scan: Scan, start: number): string {
  const before = textBefore(scan, start, BEFORE);
  return start > BEFORE ? `\0${before}` : before;
}

// `<password>…</password>`
function elementValue(scan: Scan, start: number): NamedValue | undefined {
  const end = runEnd(scan, /[^<]*/y, start);
  return scan.text.slice(start, end).trim() === "" ? undefined : { start, end };
}

// Without a separator: a flag, `set NAME value`, .netrc; in quotes also SQL (`PASSWORD 'x'`).
function announced(scan: Scan, start: number, end: number, closed: number, kind: SecretName): NamedValue | undefined {
  const blank = matchAt(scan, BLANK, closed);
  if (blank === undefined) return undefined;
  const before = textBefore(scan, start, BEFORE);
  const isFlag =
    (scan.text[start] === "-" && !isShortFlag(scan, start)) || SET_COMMAND.test(before) || NETRC.test(before);
  const at = closed + blank[0].length;
  if (isFlag && scan.text[at] === "-") return undefined;
  if (!isFlag && (closed > end || !/pass|pwd/i.test(scan.text.slice(start, end)))) return undefined;
  const context: ValueContext = {
    kind,
    at,
    outerQuote: "",
    onlyQuoted: !isFlag,
    wholeLine: false,
    toSemicolon: false,
    spaced: true,
  };
  const value = namedValue(scan, isFlag && kind === "header" ? { ...context, kind: "secret" } : context);
  if (value === undefined || isFlag || !/\s/.test(scan.text.slice(value.start, value.end))) return value;
  return undefined;
}

function isShortFlag(scan: Scan, start: number): boolean {
  return SHORT_FLAG.test(scan.text.slice(start, start + 6));
}

// A number of a JSON text must stay one value: the placeholder gets the quotes of the name.
function quoteNumber(scan: Scan, start: number, end: number, value: NamedValue): Span {
  const quote = /^\\{0,15}"/.exec(scan.text.slice(end, end + 16))?.[0];
  const isNumber = /^-?[0-9.eE+]{1,40}$/.test(scan.text.slice(value.start, Math.min(value.end, value.start + 41)));
  if (quote === undefined || !isNumber || scan.text[value.start - 1] === '"' || scan.text[start - 1] !== '"')
    return value;
  return { ...value, quote };
}
