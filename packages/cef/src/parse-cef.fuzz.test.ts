import { readFileSync } from "node:fs";
import { countAccepted, createMutator, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { type CefMessage } from "./cef-message.ts";
import { encodeCef } from "./encode-cef.ts";
import { CefSyntaxError, parseCef } from "./parse-cef.ts";

const INPUTS = 100_000;
const vectors = JSON.parse(readFileSync(new URL("../testdata/cef-lines.json", import.meta.url), "utf8")) as readonly {
  readonly line: string;
}[];
const lines = [
  ...vectors.map(({ line }) => line),
  "CEF:1|a\\|b|a\\\\|1|x=y|N|Very-High|a=\\\\ \\= \\n \\r | b=1  c= d=",
  "CEF:0|V|P|1|1|N|Unknown|",
];
const syntax = ["CEF:0|", "CEF:1|", "|", "\\", "\\|", "\\=", "\\n", "\\r", "=", " ", " a=", " msg=", "10", "\n", "\r"];

function read(line: string): CefMessage | undefined {
  try {
    return parseCef(line);
  } catch (error) {
    if (!(error instanceof CefSyntaxError)) throw error;
    const { position, reason } = error;
    if (Number.isInteger(position) && position >= 0 && position <= line.length && reason !== "") return undefined;
    throw new Error(`refused at ${position}: ${reason}`, { cause: error });
  }
}

// An encoder leaves an empty value out.
function withoutEmpty(message: CefMessage): string {
  const extensions = Object.entries(message.extensions).filter(([, value]) => value !== "");
  return JSON.stringify({ ...message, extensions });
}

function check(line: string): boolean {
  const message = read(line);
  if (message === undefined) return false;
  const again = parseCef(encodeCef(message, { profile: "spec" }));
  if (withoutEmpty(again) !== withoutEmpty(message)) throw new Error("profile spec gave another record");
  const portable = encodeCef(message);
  if (encodeCef(parseCef(portable)) !== portable) throw new Error("profile portable is not stable");
  return true;
}

test.each([1, 2, 3, 4])(
  "100,000 damaged records are read and written again, or refused in their place (part %i)",
  (part) => {
    const nextInput = createMutator({ lines, syntax, seed: PROPERTY_SEED + part });
    const accepted = countAccepted({ count: INPUTS, nextInput, check });
    expect(accepted).toBeGreaterThan(INPUTS / 5);
    expect(accepted).toBeLessThan((INPUTS * 4) / 5);
  },
);
