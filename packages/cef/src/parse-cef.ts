import { type CefMessage } from "./cef-message.ts";
import { parseSeverity } from "./cef-severity.ts";

/** A line is no CEF record. The message names position and reason, never the text itself. */
export class CefSyntaxError extends Error {
  override readonly name = "CefSyntaxError";
  /** Index of the offending UTF-16 code unit, from 0. */
  readonly position: number;
  readonly reason: string;

  constructor(position: number, reason: string) {
    super(`not a CEF record: ${reason} at position ${position}`);
    this.position = position;
    this.reason = reason;
  }
}

interface Cursor {
  readonly line: string;
  at: number;
}

const HEADER_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["|", "|"],
]);
const VALUE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["=", "="],
  ["n", "\n"],
  ["r", "\r"],
]);
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const PIPE = 0x7c;
const SPACE = 0x20;

/**
 * Reads one CEF record (`CEF:0` or `CEF:1`) strictly, without a syslog header before it: seven pipes, in the header only the
 * escapes `\\` and `\|`, in values only `\\`, `\=`, `\n` and `\r`, keys of letters and digits that begin with a letter, each
 * once; no line break, and nothing that UTF-8 cannot hold. A header field may be empty. Time and memory are linear in the
 * line's length.
 *
 * @throws CefSyntaxError with position and reason.
 */
export function parseCef(line: string): CefMessage {
  if (typeof (line as unknown) !== "string") throw new CefSyntaxError(0, "expected a text");
  const cursor: Cursor = { line, at: 0 };
  const lineBreak = line.search(/[\r\n]/);
  if (lineBreak !== -1) throw new CefSyntaxError(lineBreak, "a record cannot hold a line break");
  // The standard asks for UTF-8, which has no lone surrogates.
  if (!line.isWellFormed()) throw new CefSyntaxError(line.search(/\p{Cs}/u), "a record cannot hold a lone surrogate");
  const version = /^CEF:[01]\|/.exec(line);
  if (version === null) throw new CefSyntaxError(0, "expected CEF:0| or CEF:1|");
  cursor.at = version[0].length;
  const deviceVendor = readHeaderField(cursor);
  const deviceProduct = readHeaderField(cursor);
  const deviceVersion = readHeaderField(cursor);
  const signatureId = readHeaderField(cursor);
  const name = readHeaderField(cursor);
  const severity = readSeverity(cursor);
  const extensions = readExtensions(cursor);
  return { deviceVendor, deviceProduct, deviceVersion, signatureId, name, severity, extensions };
}

function readHeaderField(cursor: Cursor): string {
  const { line } = cursor;
  let field = "";
  let start = cursor.at;
  for (let at = start; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === PIPE) {
      cursor.at = at + 1;
      return field + line.slice(start, at);
    }
    if (code !== BACKSLASH) continue;
    field += line.slice(start, at) + unescape(line, at, HEADER_ESCAPES, "\\\\ and \\|");
    start = ++at + 1;
  }
  throw new CefSyntaxError(line.length, "expected | after a header field");
}

function readSeverity(cursor: Cursor): number {
  const start = cursor.at;
  const field = readHeaderField(cursor);
  const severity = parseSeverity(field);
  if (severity === undefined) {
    throw new CefSyntaxError(start, "the severity is 0 to 10, Unknown, Low, Medium, High or Very-High");
  }
  return severity;
}

function readExtensions(cursor: Cursor): Record<string, string> {
  const extensions: Record<string, string> = {};
  if (cursor.at === cursor.line.length) return extensions;
  let key: string | undefined = readFirstKey(cursor);
  while (key !== undefined) {
    const value = readValue(cursor);
    extensions[key] = value.text;
    key = value.nextKey;
    if (key === undefined || !Object.hasOwn(extensions, key)) continue;
    throw new CefSyntaxError(cursor.at - `${key}=`.length, "the key stands twice");
  }
  return extensions;
}

function readFirstKey(cursor: Cursor): string {
  const { line, at: start } = cursor;
  let end = start;
  while (end < line.length && isKeyCode(line.charCodeAt(end))) end++;
  if (line.charCodeAt(end) !== EQUALS) throw new CefSyntaxError(end, "expected a key of letters and digits, and =");
  cursor.at = end + 1;
  return checkedKey(line.slice(start, end), start);
}

// A value ends where the next key begins: a space, letters and digits, and an equals sign that is not escaped.
function readValue(cursor: Cursor): { readonly text: string; readonly nextKey: string | undefined } {
  const { line } = cursor;
  let text = "";
  let start = cursor.at;
  let space = -1;
  for (let at = start; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === SPACE) {
      space = at;
    } else if (code === BACKSLASH) {
      text += line.slice(start, at) + unescape(line, at, VALUE_ESCAPES, "\\\\, \\=, \\n and \\r");
      start = ++at + 1;
      space = -1;
    } else if (code === EQUALS) {
      if (space === -1) throw new CefSyntaxError(at, "an equals sign in a value must be escaped");
      cursor.at = at + 1;
      return { text: text + line.slice(start, space), nextKey: checkedKey(line.slice(space + 1, at), space + 1) };
    } else if (!isKeyCode(code)) {
      space = -1;
    }
  }
  return { text: text + line.slice(start), nextKey: undefined };
}

function unescape(line: string, at: number, escapes: ReadonlyMap<string, string>, allowed: string): string {
  const character = escapes.get(line.charAt(at + 1));
  if (character === undefined) throw new CefSyntaxError(at, `the escapes allowed here are ${allowed}`);
  return character;
}

function checkedKey(key: string, position: number): string {
  if (!/^[A-Za-z]/.test(key)) throw new CefSyntaxError(position, "a key begins with a letter");
  return key;
}

function isKeyCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
