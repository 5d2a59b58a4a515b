import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeEvent } from "./describe-event.ts";
import { signatures } from "./signatures.ts";

const document = readFileSync(new URL("../../../docs/wire-format.md", import.meta.url), "utf8");
const rows = [...document.matchAll(/^\| (\d{4}) +\| (.+?) +\| (`.+?) +\| (\d|own, else \d)/gm)].map((match) => ({
  id: Number(match[1]),
  name: match[2] ?? "",
  types: [...(match[3] ?? "").matchAll(/`([^`]+)`/g)].map((type) => type[1] ?? ""),
  severity: Number(match[4]?.at(-1)),
}));

test("the document's table is the table", () => {
  expect(rows).toHaveLength(47);
  expect(rows.flatMap(({ types }) => types).sort()).toEqual(Object.keys(signatures).sort());
});

test.each(rows)("$id $name is what the document says", ({ id, name, types, severity }) => {
  for (const event_type of types) {
    expect(signatures[event_type]).toEqual({ id, name });
    const data = { benign_error: true };
    const description = describeEvent({ event_type, data });
    expect(description).toMatchObject({ signatureId: id, type: types[0], syslogSeverity: severity });
  }
});
