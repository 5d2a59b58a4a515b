import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encodeCef } from "./encode-cef.ts";
import { parseCef } from "./parse-cef.ts";

// The vectors hold lone surrogates, which an import of JSON refuses.
function load(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../testdata/${name}.json`, import.meta.url), "utf8"));
}

interface ValueVector {
  readonly name: string;
  readonly input: string;
  readonly encoded_portable: string | null;
  readonly decoded_portable: string | null;
  readonly encoded_spec: string;
  readonly line_portable: string;
}

interface HeaderVector {
  readonly name: string;
  readonly input: string;
  readonly encoded_portable: string;
  readonly encoded_spec: string;
}

interface LineVector {
  readonly name: string;
  readonly header: {
    readonly vendor: string;
    readonly product: string;
    readonly version: string;
    readonly classId: string;
    readonly name: string;
    readonly severity: number;
  };
  readonly extensions: readonly (readonly [string, string | number])[];
  readonly line: string;
  readonly decoded: Record<string, string>;
}

interface AttackVector {
  readonly name: string;
  readonly input: string;
  readonly cef_ext_decoded: string;
  readonly cef_header_portable: string;
  readonly line_portable: string;
}

const toolCall = {
  deviceVendor: "ClawMetry",
  deviceProduct: "clawmetry",
  deviceVersion: "1.0.0",
  signatureId: "tool.call",
  name: "Tool call",
  severity: 3,
};

function around(msg: string): Parameters<typeof encodeCef>[0] {
  return { ...toolCall, extensions: { cs1: "before", msg, cs2: "after", end: 1767323045678 } };
}

test.each(load("cef-extension") as readonly ValueVector[])("value, $name: portable", (vector) => {
  const line = encodeCef(around(vector.input));
  expect(line).toBe(vector.line_portable);
  expect(parseCef(line).extensions["msg"]).toBe(vector.decoded_portable ?? undefined);
});

test.each(load("cef-extension") as readonly ValueVector[])("value, $name: spec", ({ input, encoded_spec }) => {
  const line = encodeCef(around(input), { profile: "spec" });
  expect(line).toContain(` msg=${encoded_spec} cs2=after`);
  expect(parseCef(line).extensions["msg"]).toBe(input);
});

test.each(load("cef-header") as readonly HeaderVector[])(
  "header, $name",
  ({ input, encoded_portable, encoded_spec }) => {
    const message = { ...toolCall, name: input, extensions: {} };
    expect(encodeCef(message)).toBe(`CEF:0|ClawMetry|clawmetry|1.0.0|tool.call|${encoded_portable}|3|`);
    const spec = encodeCef(message, { profile: "spec" });
    expect(spec).toBe(`CEF:0|ClawMetry|clawmetry|1.0.0|tool.call|${encoded_spec}|3|`);
  },
);

test.each(load("cef-lines") as readonly LineVector[])("line, $name", ({ header, extensions, line, decoded }) => {
  const message = {
    deviceVendor: header.vendor,
    deviceProduct: header.product,
    deviceVersion: header.version,
    signatureId: header.classId,
    name: header.name,
    severity: header.severity,
    extensions: Object.fromEntries(extensions),
  };
  expect(encodeCef(message)).toBe(line);
  expect(parseCef(line)).toEqual({ ...message, extensions: decoded });
});

test.each(load("adversarial") as readonly AttackVector[])("attack, $name", (vector) => {
  const line = encodeCef(around(vector.input));
  expect(line).toBe(vector.line_portable);
  expect(parseCef(line).extensions).toEqual({
    cs1: "before",
    msg: vector.cef_ext_decoded,
    cs2: "after",
    end: "1767323045678",
  });
  const header = encodeCef({ ...toolCall, name: vector.input, extensions: {} });
  expect(header).toBe(`CEF:0|ClawMetry|clawmetry|1.0.0|tool.call|${vector.cef_header_portable}|3|`);
});
