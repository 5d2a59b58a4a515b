import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { encodeCef } from "./encode-cef.ts";
import { formatCef } from "./format-cef.ts";
import { parseCef } from "./parse-cef.ts";

const header = "CEF:0|V|P|1|100|N|5|";
const pieces = [
  "a",
  " ",
  "  ",
  '"',
  "\\",
  "\\\\",
  "\\n",
  "\\=",
  "=",
  "|",
  "\\|",
  " a=",
  "\n",
  "\r",
  "CEF:0|",
  "7",
  "\ud800",
];

function record(text: string): Parameters<typeof encodeCef>[0] {
  return {
    deviceVendor: text,
    deviceProduct: "P",
    deviceVersion: "1",
    signatureId: text,
    name: text,
    severity: 5,
    extensions: { msg: text, custom: text, [text]: "1" },
  };
}

function attempt(line: string): void {
  try {
    parseCef(line);
  } catch {
    // Whether the line is read or refused is not what is measured.
  }
}

// Every key is another one, so that reading does not stop at a key that stands twice.
function manyKeys(text: string): string {
  return Array.from({ length: text.length / 8 }, (_, index) => `k${index}=v`).join(" ");
}

const functions: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  [
    "parseCef, in the first header field",
    (text) => {
      attempt(`CEF:0|${text}`);
    },
  ],
  [
    "parseCef, in the severity",
    (text) => {
      attempt(`CEF:0|V|P|1|100|N|${text}|`);
    },
  ],
  [
    "parseCef, in the first key",
    (text) => {
      attempt(header + text);
    },
  ],
  [
    "parseCef, in a value",
    (text) => {
      attempt(`${header}msg=${text}`);
    },
  ],
  ["encodeCef, portable", (text) => encodeCef(record(text))],
  ["encodeCef, spec", (text) => encodeCef(record(text), { profile: "spec" })],
  ["formatCef, cut to 8000 bytes", (text) => formatCef(event(text), { content: "all", maxBytes: 8000 })],
  ["formatCef, not cut", (text) => formatCef(event(text), { content: "all" })],
];

function event(text: string): Record<string, unknown> {
  return {
    event_type: text,
    id: text,
    ts: text,
    data: { name: text, input: { command: text, url: text }, error: text },
  };
}

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(functions)("%s takes linear time", (_name, run) => {
  for (const piece of pieces) expect(growthFactor(run, piece), JSON.stringify(piece)).toBeLessThan(100);
});

test("a record of many keys is read in linear time", () => {
  expect(
    growthFactor((text) => {
      attempt(header + manyKeys(text));
    }, "x"),
  ).toBeLessThan(100);
});
