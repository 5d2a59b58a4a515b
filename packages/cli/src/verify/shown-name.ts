import { terminalText } from "../terminal-text.ts";

const MOST_CHARACTERS = 80;
const PLAIN = /^[\w.@:/+-]+$/;

/** A name from a line, safe to print: in quotes where it could be taken for a part of the report. `none`: for one that is empty. */
export function shownName(name: string, none: string): string {
  if (name === "") return none;
  const text = terminalText(name, MOST_CHARACTERS);
  return PLAIN.test(text) ? text : JSON.stringify(text);
}
