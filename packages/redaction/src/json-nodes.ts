/** A JSON value with its place in the text. */
export type JsonNode = JsonText | JsonNumber | JsonList | JsonRecord | JsonOther;

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface JsonText extends Place {
  readonly kind: "text";
  readonly text: string;
}

export interface JsonNumber extends Place {
  readonly kind: "number";
}

export interface JsonList extends Place {
  readonly kind: "list";
  readonly items: readonly JsonNode[];
}

export interface JsonRecord extends Place {
  readonly kind: "record";
  readonly entries: readonly (readonly [key: JsonText, value: JsonNode])[];
}

/** `true`, `false`, `null`; or `deep`: a container below the deepest level, of which only the end was looked for. */
export interface JsonOther extends Place {
  readonly kind: "literal" | "deep";
}

interface Reader {
  readonly text: string;
  at: number;
}

const BLANK = /[ \t\n\r]*/y;
const STRING = /"[^"\\\0-\x1f]*(?:\\[^\0-\x1f][^"\\\0-\x1f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;
const BRACKET = /["[\]{}]/g;

/**
 * Reads one JSON text (RFC 8259), or several with blanks between, as NDJSON has them. Undefined when the text is anything else
 * or only a number or literal. Keeps what JSON.parse drops: repeated names, the digits of numbers, where everything stands.
 */
export function jsonNodes(text: string, maxDepth: number): readonly JsonNode[] | undefined {
  const reader: Reader = { text, at: 0 };
  const nodes: JsonNode[] = [];
  skipBlank(reader);
  if (!/["[{]/.test(text.charAt(reader.at))) return undefined;
  while (reader.at < text.length) {
    const node = readNode(reader, maxDepth);
    if (node === undefined) return undefined;
    nodes.push(node);
    skipBlank(reader);
  }
  return nodes;
}

function readNode(reader: Reader, depth: number): JsonNode | undefined {
  const { text, at: start } = reader;
  const first = text[start];
  if (first === '"') return readString(reader);
  if (first === "{" || first === "[") {
    if (depth === 0) return skipDeep(reader);
    reader.at++;
    return first === "{" ? readRecord(reader, start, depth - 1) : readList(reader, start, depth - 1);
  }
  if (take(reader, NUMBER) !== undefined) return { kind: "number", start, end: reader.at };
  return take(reader, LITERAL) === undefined ? undefined : { kind: "literal", start, end: reader.at };
}

function readString(reader: Reader): JsonText | undefined {
  const start = reader.at;
  const quoted = take(reader, STRING);
  if (quoted === undefined) return undefined;
  const text = quoted.includes("\\") ? unescaped(quoted) : quoted.slice(1, -1);
  return text === undefined ? undefined : { kind: "text", start, end: reader.at, text };
}

function unescaped(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined; // an escape that JSON does not know
  }
}

function readList(reader: Reader, start: number, depth: number): JsonNode | undefined {
  const items: JsonNode[] = [];
  skipBlank(reader);
  if (takeCharacter(reader, "]")) return { kind: "list", start, end: reader.at, items };
  for (;;) {
    const item = readNode(reader, depth);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlank(reader);
    if (takeCharacter(reader, "]")) return { kind: "list", start, end: reader.at, items };
    if (!takeCharacter(reader, ",")) return undefined;
    skipBlank(reader);
  }
}

function readRecord(reader: Reader, start: number, depth: number): JsonNode | undefined {
  const entries: (readonly [key: JsonText, value: JsonNode])[] = [];
  skipBlank(reader);
  if (takeCharacter(reader, "}")) return { kind: "record", start, end: reader.at, entries };
  for (;;) {
    const entry = readEntry(reader, depth);
    if (entry === undefined) return undefined;
    entries.push(entry);
    skipBlank(reader);
    if (takeCharacter(reader, "}")) return { kind: "record", start, end: reader.at, entries };
    if (!takeCharacter(reader, ",")) return undefined;
    skipBlank(reader);
  }
}

function readEntry(reader: Reader, depth: number): readonly [key: JsonText, value: JsonNode] | undefined {
  const key = readString(reader);
  skipBlank(reader);
  if (key === undefined || !takeCharacter(reader, ":")) return undefined;
  skipBlank(reader);
  const value = readNode(reader, depth);
  return value === undefined ? undefined : [key, value];
}

// The matching bracket is enough: what is between is withheld as a whole.
function skipDeep(reader: Reader): JsonNode | undefined {
  const start = reader.at;
  for (let open = 0; ; ) {
    BRACKET.lastIndex = reader.at;
    const match = BRACKET.exec(reader.text);
    if (match === null) return undefined;
    reader.at = match.index;
    if (match[0] === '"') {
      if (take(reader, STRING) === undefined) return undefined;
      continue;
    }
    reader.at++;
    open += match[0] === "{" || match[0] === "[" ? 1 : -1;
    if (open === 0) return { kind: "deep", start, end: reader.at };
  }
}

function skipBlank(reader: Reader): void {
  take(reader, BLANK);
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text)?.[0];
  if (match !== undefined) reader.at += match.length;
  return match;
}

function takeCharacter(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}
