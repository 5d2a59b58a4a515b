import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { encodeJson } from "./encode-json.ts";
import { formatJson } from "./format-json.ts";

const pieces = [
  "a",
  " ",
  '"',
  "\\",
  "\n",
  "{",
  "[",
  '{"a":',
  '["',
  "C",
  "LEEF:",
  "CEF:0",
  "\u2028",
  "\u202e",
  "\ud800",
  "7",
];

function event(text: string): Record<string, unknown> {
  const data = { name: text, input: { command: text, url: text }, error: text, [text]: text, status: text };
  return { event_type: text, id: text, ts: text, data };
}

const functions: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ["encodeJson", (text) => encodeJson({ [text]: [text] })],
  ["formatJson, cut to 8000 bytes", (text) => formatJson(event(text), { content: "all", maxBytes: 8000 })],
  ["formatJson, not cut", (text) => formatJson(event(text), { content: "all" })],
  ["formatJson, data as text", (text) => formatJson({ event_type: "tool.call", data: text }, { maxBytes: 8000 })],
  ["formatJson, tools", (text) => formatJson(event(text), { content: "tools", maxBytes: 8000 })],
];

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(functions)("%s takes linear time", (_name, run) => {
  for (const piece of pieces) expect(growthFactor(run, piece), JSON.stringify(piece)).toBeLessThan(100);
});
