import { countAccepted, createMutator, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import { cleanControls, cleanText } from "@clawmetry/siem-text";
import { expect, test } from "vitest";
import rfc3164 from "../testdata/rfc3164.json" with { type: "json" };
import rfc5424 from "../testdata/rfc5424.json" with { type: "json" };
import { formatRfc3164 } from "./format-rfc3164.ts";
import { formatRfc5424 } from "./format-rfc5424.ts";
import { parseSyslog } from "./parse-syslog.ts";
import type { SyslogMessage } from "./syslog-message.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";
import { isTimestamp } from "./timestamp.ts";

const INPUTS = 100_000;
const nowMs = 1767323045678;
const lines = [...rfc5424, ...rfc3164].map(({ line }) => line);
const syntax = [
  "<134>",
  "1 ",
  "- ",
  "-",
  " ",
  "[a@1",
  ' k="',
  '"',
  "]",
  "\\",
  "=",
  ":",
  "[",
  "T",
  "Z",
  "+01:00",
  "\ufeff",
];

function read(line: string): SyslogMessage | undefined {
  try {
    return parseSyslog(line, { nowMs });
  } catch (error) {
    if (!(error instanceof SyslogSyntaxError)) throw error;
    const { position, reason } = error;
    if (Number.isInteger(position) && position >= 0 && position <= line.length && reason !== "") return undefined;
    throw new Error(`refused at ${position}: ${reason}`, { cause: error });
  }
}

// What a formatter keeps of any line that was read: all but a time that it cannot write, and text as it cleans it.
function kept({ timeMs, message, structuredData, ...fields }: SyslogMessage): string {
  const elements = structuredData?.map(([id, params]) => [
    id,
    params.map(([name, value]) => [name, oneLine(cleanText(value))]),
  ]);
  const rest = message === undefined ? undefined : oneLine(cleanControls(message));
  return JSON.stringify({ ...fields, timeMs: isTimestamp(timeMs) ? timeMs : null, elements, rest });
}

function oneLine(text: string): string {
  return text.replaceAll("\n", " ");
}

function check(line: string): boolean {
  const message = read(line);
  if (message === undefined) return false;
  const format = /^<\d+>[A-Z]/.test(line) ? formatRfc3164 : formatRfc5424;
  const written = format(message);
  const again = parseSyslog(written, { nowMs });
  if (format(again) !== written) throw new Error("the line is not stable");
  if (kept(again) !== kept(message)) throw new Error("another message was written");
  return true;
}

test.each([1, 2, 3, 4])(
  "100,000 damaged lines are read and written again, or refused in their place (part %i)",
  (part) => {
    const nextInput = createMutator({ lines, syntax, seed: PROPERTY_SEED + part });
    const accepted = countAccepted({ count: INPUTS, nextInput, check });
    expect(accepted).toBeGreaterThan(INPUTS / 10);
    expect(accepted).toBeLessThan((INPUTS * 9) / 10);
  },
);
