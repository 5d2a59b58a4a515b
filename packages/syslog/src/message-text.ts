import { cleanControls } from "@clawmetry/siem-text";

/** Makes any text the MSG of one line: no control character, no line break, nothing trimmed. */
export function messageText(value: string): string {
  return value === "" ? value : unbroken(cleanControls(value));
}

/** Puts a space for every line feed: clean text has no other line break left. */
export function unbroken(value: string): string {
  return value.includes("\n") ? value.replaceAll("\n", " ") : value;
}
