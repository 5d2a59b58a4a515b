import { isHarmlessValue } from "./harmless-value.ts";
import { plainValue } from "./plain-value.ts";
import { matchAt, runEnd, type Scan, textBefore } from "./scan.ts";
import type { SecretName } from "./secret-name.ts";

/** How a value was announced. */
export interface ValueContext {
  readonly kind: SecretName;
  /** Where the value may begin: after the separator. */
  readonly at: number;
  /** The quote that the whole pair stands in, as in `-H 'X-Api-Key: …'`, with its backslashes. */
  readonly outerQuote: string;
  /** Only a value in quotes counts: after `==`, `=>`, or a blank. */
  readonly onlyQuoted: boolean;
  /** The name begins its line and the separator has a blank beside it: the value is the rest of the line. */
  readonly wholeLine: boolean;
  /** The pair is one of a connection string: only a semicolon ends its value. */
  readonly toSemicolon: boolean;
  /** The separator has a blank beside it, as in code and YAML. */
  readonly spaced: boolean;
}

/** Where the secret of a value lies, and where to go on. */
export interface NamedValue {
  readonly start: number;
  readonly end: number;
}

const BLANKS = /[ \t]{0,64}(?:\r?\n[ \t]{0,64}(?=\\{0,15}["']))?/y;
const OPENING = /(?:[bBfFrRuU]{1,2}|[$@])?(\\{0,15})("""|'''|""(?=[^"\s,;:)}\]])|["'`]|&quot;|&#3[49];)/y;
const SCHEME = /(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|jwt|bot)(?:[ \t]|%20|\+){1,8}(?=[^\s"'`,;=])/iy;
// What stands behind a text in code: `"Password: ")`.
const AFTER_TEXT = /^[)\],;+\s]?$/;
const BEFORE = 128;
const BLOCK = /[|>][+-]?[0-9]?[ \t]{0,16}\r?\n/y;
const BLOCK_LINE = /(?:[ \t][^\r\n]*)?\r?\n|[ \t][^\r\n]*$/y;

/** The secret that follows a secret name, if one does. */
export function namedValue(scan: Scan, context: ValueContext): NamedValue | undefined {
  const at = runEnd(scan, BLANKS, context.at);
  const opening = matchAt(scan, OPENING, at);
  if (opening !== undefined && !closesOuter(scan, at, opening, context)) {
    return quotedValue(scan, at + opening[0].length, opening[1]?.length ?? 0, opening[2] ?? "", context);
  }
  if (context.onlyQuoted || opening !== undefined) return undefined;
  const block = context.spaced ? matchAt(scan, BLOCK, at) : undefined;
  if (block !== undefined) return blockValue(scan, at + block[0].length);
  const scheme = matchAt(scan, SCHEME, at)?.[0].length ?? 0;
  return plainValue(scan, at + scheme, context, scheme > 0);
}

// `"Password: " + input`: the quote after the blank ends the text that the name is in.
function closesOuter(scan: Scan, at: number, opening: RegExpExecArray, { outerQuote }: ValueContext): boolean {
  const quote = `${opening[1] ?? ""}${opening[2] ?? ""}`;
  if (outerQuote !== "" && quote === outerQuote) return true;
  if (!AFTER_TEXT.test(scan.text.slice(at + opening[0].length, at + opening[0].length + 1))) return false;
  const line = /[^\r\n]*$/.exec(textBefore(scan, at, BEFORE))?.[0] ?? "";
  return line.split(quote).length % 2 === 0;
}

function quotedValue(
  scan: Scan,
  from: number,
  level: number,
  quote: string,
  context: ValueContext,
): NamedValue | undefined {
  const end = closingQuote(scan, from, level, quote);
  return secretWithin(scan, from, end, context);
}

// A quote closes when it has as many backslashes as the opening one; more of them belong to the value.
function closingQuote(scan: Scan, from: number, level: number, quote: string): number {
  for (let at = from; ; ) {
    const place = scan.text.indexOf(quote, at);
    scan.work += (place === -1 ? scan.text.length : place + 1) - at;
    if (place === -1) return scan.text.length;
    // In SQL, YAML and CSV a quote that is part of the value is written twice.
    if (level === 0 && quote.length === 1 && scan.text[place + 1] === quote && place > from) {
      at = place + 2;
      continue;
    }
    let slashes = 0;
    while (place - slashes > at && scan.text[place - slashes - 1] === "\\") slashes++;
    if (slashes <= level || (slashes - level) % (2 * (level + 1)) === 0) return place - Math.min(slashes, level);
    at = place + 1;
  }
}

// Without the scheme before it: the same token is then the same secret wherever it stands.
function secretWithin(scan: Scan, from: number, end: number, { kind }: ValueContext): NamedValue | undefined {
  const scheme = matchAt(scan, SCHEME, from)?.[0].length ?? 0;
  const start = from + scheme < end ? from + scheme : from;
  const value = scan.text.slice(start, end);
  if (isHarmlessValue(value) || (kind === "token" && /^[0-9]{1,7}$/.test(value))) return undefined;
  return { start, end };
}

// A YAML block scalar: the lines below that are indented.
function blockValue(scan: Scan, from: number): NamedValue | undefined {
  let end = from;
  for (let line = matchAt(scan, BLOCK_LINE, end); line !== undefined; line = matchAt(scan, BLOCK_LINE, end)) {
    end += line[0].length;
  }
  const block = scan.text.slice(from, end);
  const start = from + block.length - block.trimStart().length;
  const last = from + block.trimEnd().length;
  return last <= start || isHarmlessValue(scan.text.slice(start, last)) ? undefined : { start, end: last };
}
