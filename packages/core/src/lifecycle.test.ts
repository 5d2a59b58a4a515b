import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { type ExporterFacts } from "./lifecycle.ts";

test("the start is told before all events, and the end after them", async () => {
  const facts: ExporterFacts[] = [];
  const { exporter, transport } = setup({
    lifecycle: true,
    ownEvent: (fact) => {
      facts.push(fact);
      return fact.kind;
    },
  });
  await settled();
  exporter.send("a");
  await exporter.close();
  expect(transport.batches).toEqual([["start"], ["a"], ["stop"]]);
  expect(facts).toEqual([
    { kind: "start", recovered: 0 },
    { kind: "stop", lastSeq: 2, unsent: 0 },
  ]);
});

test("neither is told unless asked for", async () => {
  const { exporter, transport } = setup({ ownEvent: ({ kind }) => kind });
  exporter.send("a");
  await exporter.close();
  expect(transport.batches).toEqual([["a"]]);
});

test("they need something to make an event of", () => {
  expect(() => setup({ lifecycle: true })).toThrow("lifecycle must be false without ownEvent, got true");
});
