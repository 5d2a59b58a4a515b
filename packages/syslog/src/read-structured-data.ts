import { NIL } from "./header-field.ts";
import type { LineReader } from "./line-reader.ts";
import { isPrintable } from "./read-field.ts";
import type { StructuredDataElement, StructuredDataParam } from "./syslog-message.ts";

const MAX_NAME_LENGTH = 32;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const BRACKET = 0x5d;

/** Reads STRUCTURED-DATA of RFC 5424 §6.3, undefined for the nil value. Refuses an SD-ID that stands there twice. */
export function readStructuredData(reader: LineReader): readonly StructuredDataElement[] | undefined {
  if (reader.skip(NIL)) return undefined;
  const elements: StructuredDataElement[] = [];
  const seen = new Set<string>();
  reader.expect("[", "STRUCTURED-DATA must be - or begin with [");
  do {
    const start = reader.position();
    const id = readName(reader, "SD-ID");
    if (seen.has(id)) throw reader.error("an SD-ID must not stand in a message twice", start);
    seen.add(id);
    elements.push([id, readParams(reader)]);
  } while (reader.skip("["));
  return elements;
}

function readParams(reader: LineReader): readonly StructuredDataParam[] {
  const params: StructuredDataParam[] = [];
  while (reader.skip(" ")) {
    const name = readName(reader, "PARAM-NAME");
    reader.expect('="', 'a PARAM-NAME must be followed by ="');
    params.push([name, readValue(reader)]);
  }
  reader.expect("]", "an SD-ELEMENT must end with ]");
  return params;
}

function readName(reader: LineReader, name: string): string {
  const value = reader.takeWhile(isNameCharacter, MAX_NAME_LENGTH);
  if (value === "") throw reader.error(`${name} must be 1 to 32 printable ASCII characters other than = ] and "`);
  return value;
}

function readValue(reader: LineReader): string {
  let value = "";
  for (;;) {
    value += reader.takeWhile(isPlain, Infinity);
    if (reader.skip('"')) return value;
    if (!reader.skip("\\")) throw reader.error('a PARAM-VALUE must end with ", and hold ] as \\]');
    // RFC 5424 §6.3.3: before any other character a backslash is only a backslash.
    const escaped = reader.takeWhile(isSpecial, 1);
    value += escaped === "" ? "\\" : escaped;
  }
}

function isNameCharacter(unit: number): boolean {
  return isPrintable(unit) && unit !== EQUALS && unit !== BRACKET && unit !== QUOTE;
}

function isSpecial(unit: number): boolean {
  return unit === QUOTE || unit === BACKSLASH || unit === BRACKET;
}

function isPlain(unit: number): boolean {
  return !isSpecial(unit);
}
