import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { createDeframer } from "./deframer.ts";
import { parseFacility } from "./facility.ts";
import { formatRfc3164 } from "./format-rfc3164.ts";
import { formatRfc5424 } from "./format-rfc5424.ts";
import { frame } from "./framing.ts";
import { parseSyslog } from "./parse-syslog.ts";
import type { SyslogMessage } from "./syslog-message.ts";

const pieces = [
  "a",
  " ",
  "0",
  "9",
  "\\",
  '"',
  "]",
  "[",
  "[a]",
  '[a k="',
  ' k="\\""',
  "=",
  "-",
  "\n",
  "\r\n",
  "1 a",
  "\ud800",
  "é",
];
const heads = [
  "",
  "<",
  "<134>1 ",
  "<134>1 - ",
  "<134>1 - - - - - ",
  "<134>1 - - - - - [a",
  '<134>1 - - - - - [a k="',
  "<134>J",
];

function message(text: string): SyslogMessage {
  return {
    facility: 16,
    severity: 6,
    timeMs: 0,
    hostname: text,
    appName: text,
    procId: text,
    msgId: text,
    structuredData: [[text, [[text, text]]]],
    message: text,
  };
}

function attempt(read: () => unknown): void {
  try {
    read();
  } catch {
    // Whether the text is read or refused is not what is measured.
  }
}

function deframe(text: string, chunkSize: number): void {
  const stream = new TextEncoder().encode(text);
  const deframer = createDeframer({ maxFrameBytes: 10_000_000 });
  for (let offset = 0; offset < stream.length; offset += chunkSize) {
    deframer.push(stream.subarray(offset, offset + chunkSize));
  }
  deframer.end();
}

const elements = (text: string): string =>
  Array.from({ length: text.length / 8 }, (_, index) => `[${index} k="v"]`).join("");

const functions: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ...heads.map(
    (head) =>
      [
        `parseSyslog after ${head}`,
        (text: string) => {
          attempt(() => parseSyslog(head + text));
        },
      ] as const,
  ),
  [
    "createDeframer, one chunk",
    (text) => {
      attempt(() => {
        deframe(text, text.length);
      });
    },
  ],
  [
    "createDeframer, chunks of 100 bytes",
    (text) => {
      attempt(() => {
        deframe(`<${text}`, 100);
      });
    },
  ],
  ["formatRfc5424", (text) => formatRfc5424(message(text))],
  ["formatRfc3164", (text) => formatRfc3164(message(text))],
  ["frame", (text) => frame(text, "newline")],
  ["parseFacility", parseFacility],
];

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(functions)("%s takes linear time", (_name, run) => {
  for (const piece of pieces) expect(growthFactor(run, piece), JSON.stringify(piece)).toBeLessThan(100);
});

test("a line of many elements is read in linear time", () => {
  expect(growthFactor((text) => parseSyslog(`<134>1 - - - - - ${elements(text)}`), "x")).toBeLessThan(100);
});
