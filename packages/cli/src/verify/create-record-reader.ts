import { csvRow, endsInField } from "./csv-row.ts";
import { parseValue } from "./json-fields.ts";
import { type LineRecord } from "./line-record.ts";
import { messageKeys, readExport } from "./read-export.ts";
import { readRecord } from "./read-record.ts";

/** Reads the lines of one input, which may be of different formats. */
export interface RecordReader {
  /** What the line holds: nothing where it is only a part of an export, several records where it is a whole answer. */
  readonly read: (line: string) => readonly LineRecord[];
  /** What is left at the end. */
  readonly end: () => readonly LineRecord[];
}

// A field of an export holds a few line breaks, if any. More is a quote that nothing closes.
const MOST_ROW_LINES = 1000;
const MOST_ROW_LENGTH = 16 * 1024 * 1024;
// Nothing that a message of ours could be, damaged or not.
const HEADER = /^[\w.@:" ,()-]{1,65536}$/;
const COLUMN_NAME = /^[\w.@:() -]{1,256}$/;
const BEGINS_MESSAGE = /^(?:CEF:|<\d)/;
const NOTHING: readonly LineRecord[] = [];

/**
 * A reader for one input. A line that begins with `{` or `[` is JSON. After a row of CSV that names one of `messageKeys`, lines
 * are rows of as many fields. Everything else is a message with or without a header.
 */
export function createRecordReader(): RecordReader {
  let columns: readonly string[] | undefined;
  let open: string[] = [];
  let openLength = 0;

  function readRow(row: string): readonly LineRecord[] {
    const fields = csvRow(row);
    if (isHeader(fields)) {
      columns = fields;
      return NOTHING;
    }
    if (columns?.length !== fields.length) return [readRecord(row)];
    return readExport(Object.fromEntries(columns.map((name, index) => [name, fields[index]])));
  }

  function readOpen(line: string): readonly LineRecord[] {
    open.push(line);
    openLength += line.length;
    const isEnd = endsInField(line) === open.length > 1;
    if (!isEnd && open.length < MOST_ROW_LINES && openLength < MOST_ROW_LENGTH) return NOTHING;
    const row = open.join("\n");
    open = [];
    openLength = 0;
    return isEnd ? readRow(row) : [unclosed()];
  }

  return {
    read: (line) => {
      if (open.length > 0) return readOpen(line);
      const text = line.trim();
      if (/^[[{]/.test(text)) return readJsonLine(text);
      if (columns === undefined && !mayBeHeader(text)) return [readRecord(text)];
      if (!endsInField(text)) return readRow(text);
      return BEGINS_MESSAGE.test(text) ? [readRecord(text)] : readOpen(line);
    },
    end: () => {
      const isOpen = open.length > 0;
      open = [];
      return isOpen ? [unclosed()] : NOTHING;
    },
  };
}

function readJsonLine(text: string): readonly LineRecord[] {
  const value = parseValue(text);
  return value === undefined ? [{ kind: "unreadable", reason: "not JSON" }] : readExport(value, text);
}

function mayBeHeader(text: string): boolean {
  return HEADER.test(text) && isHeader(csvRow(text));
}

function isHeader(fields: readonly string[]): boolean {
  return fields.some((field) => messageKeys.includes(field)) && fields.every((field) => COLUMN_NAME.test(field));
}

function unclosed(): LineRecord {
  return { kind: "unreadable", reason: "CSV: a quoted field does not end" };
}
