import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { describeEvent } from "./describe-event.ts";

const pieces = [
  "a",
  " ",
  "\n",
  "0",
  "9",
  ".",
  "2026-01-02T03:04:05.",
  "-",
  "/",
  "\\",
  "@",
  ":",
  "http:/",
  "[",
  "{",
  '{"a":',
  "mcp__",
  "_",
  "e",
];

function data(text: string): Record<string, unknown> {
  return {
    name: text,
    input: { command: text, url: text, path: text },
    url: `https://${text}`,
    error: text,
    status: text,
    decision: text,
    cost_usd: text,
    duration_ms: `1${text}`,
    message: { content: [{ type: "text", text }] },
    tool_calls: [{ function: { name: `mcp__${text}`, arguments: text } }],
  };
}

const functions: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ["a tool call", (text) => describeEvent({ event_type: "tool.call", ts: text, data: data(text) })],
  ["a threat", (text) => describeEvent({ event_type: "security.threat", severity: text, data: data(text) })],
  ["a message", (text) => describeEvent({ event_type: "channel.in", ts: ` ${text}`, data: data(text) })],
  ["an event of an unknown type", (text) => describeEvent({ event_type: text, data: text })],
  ["data as a text", (text) => describeEvent({ event_type: "tool.result", data: ` ${text}` })],
];

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(functions)("%s is described in linear time", (_name, run) => {
  for (const piece of pieces) expect(growthFactor(run, piece), JSON.stringify(piece)).toBeLessThan(100);
});
