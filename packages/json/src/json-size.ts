import { utf8Length } from "@clawmetry/siem-text";
import { escapeJson, isPlainText } from "./escape-json.ts";

/** How long a piece of JSON is. */
export interface JsonSize {
  /** UTF-16 code units, before what is unsafe on a line is escaped. */
  readonly units: number;
  /** Bytes on the line. */
  readonly bytes: number;
}

/** The size of a text as JSON, its quotes included. */
export function sizeOfText(text: string): JsonSize {
  if (isPlainText(text)) return { units: text.length + 2, bytes: text.length + 2 };
  const json = JSON.stringify(text.toWellFormed());
  return { units: json.length, bytes: utf8Length(escapeJson(json)) };
}
