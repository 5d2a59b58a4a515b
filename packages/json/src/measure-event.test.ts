import { type AgentEvent, describeEvent, rememberedKeys } from "@clawmetry/siem-events";
import { bigHostileText, hostileEvent, PROPERTY_SEED, sampleEvents } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contentFilter } from "./content-filter.ts";
import { escapeJson } from "./escape-json.ts";
import { type EventView } from "./event-view.ts";
import { formatJson } from "./format-json.ts";
import { type JsonFormatOptions } from "./format-options.ts";
import { measureEvent } from "./measure-event.ts";
import { type SizeLimits } from "./size-limits.ts";
import { writeEvent } from "./write-event.ts";

const options = { hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 } };

function viewOf(event: AgentEvent, given: JsonFormatOptions = options): EventView {
  const { content = "all" } = given;
  const description = describeEvent(event);
  const filter = contentFilter(content, description);
  return { event, description, options: given, content, filter, parsedData: undefined, keys: rememberedKeys() };
}

function fitsWhenWritten(view: EventView, limits: SizeLimits, maxBytes: number): boolean {
  const json = writeEvent(view, limits, maxBytes);
  return json !== undefined && Buffer.byteLength(escapeJson(json)) <= maxBytes;
}

const limits = fc.record({
  maxText: fc.oneof(fc.nat(40), fc.nat(1100), fc.constant(Infinity)).map((most) => Math.max(1, most)),
  maxEntries: fc.oneof(fc.nat(6), fc.constant(Infinity)),
  maxId: fc.constantFrom(8, 16, 64, Infinity),
});

test.each(["all", "tools", "none"] as const)("content %s: an event fits when what is written fits", (content) => {
  const texts = fc.oneof(fc.constantFrom("x", "  \n a \u{1f600}  ", "CEF:0 \u2028", "\ud800"), bigHostileText());
  const many = fc.array(fc.record({ a: fc.constantFrom([], [[]], {}, { b: undefined }), c: texts }), { maxLength: 20 });
  const events = fc.tuple(hostileEvent(texts), fc.option(many)).map(([event, list]) => ({ ...event, list }));
  fc.assert(
    fc.property(
      events,
      fc.array(limits, { minLength: 3, maxLength: 8 }),
      fc.integer({ min: 200, max: 9000 }),
      (...given) => {
        const [event, tries, maxBytes] = given;
        const view = viewOf(event, { ...options, content });
        const measure = measureEvent(view, maxBytes);
        const measured = tries.map((each) => measure.fits(each));
        if (measure.isSure()) expect(measured).toEqual(tries.map((each) => fitsWhenWritten(view, each, maxBytes)));
      },
    ),
    { seed: PROPERTY_SEED, numRuns: 150 },
  );
});

test("tells the size of every sample event to the byte", () => {
  const all = { maxText: Infinity, maxEntries: Infinity, maxId: Infinity };
  const few = { maxText: 12, maxEntries: 2, maxId: 16 };
  for (const view of sampleEvents().map((event) => viewOf(event))) {
    for (const given of [all, few]) {
      const bytes = Buffer.byteLength(escapeJson(writeEvent(view, given, Infinity) ?? ""));
      expect(measureEvent(view, bytes).fits(given)).toBe(true);
      expect(measureEvent(view, bytes - 1).fits(given)).toBe(false);
    }
  }
});

const cycle: Record<string, unknown> = {};
cycle["self"] = cycle;

test.each([
  ["a Date", { data: new Date(0) }],
  ["a Map in a list", { data: [new Map()] }],
  ["a BigInt", { cost: 1n }],
  ["bytes", { data: { bytes: new Uint8Array(1) } }],
  ["a toJSON", { data: { toJSON: () => 1 } }],
  ["a cycle", { data: cycle }],
  [
    "a getter that throws",
    {
      data: {
        get id(): never {
          throw new Error("id");
        },
      },
    },
  ],
])("is not sure of %s", (_name, event) => {
  const measure = measureEvent(viewOf(event), 8000);
  expect(measure.fits({ maxText: Infinity, maxEntries: Infinity, maxId: Infinity })).toBe(false);
  expect(measure.isSure()).toBe(false);
});

test("what proves an event is whole at every cap, beside texts that are cut", () => {
  const hashes = { chain_prev_hash: "a".repeat(64), chain_hash: "b".repeat(64), payload_hash: "c".repeat(64) };
  const event = { id: "e".repeat(80), event_type: "tool.call", ...hashes, data: { output: "x".repeat(5000) } };
  for (let maxBytes = 700; maxBytes < 2000; maxBytes += 7) {
    const line = formatJson(event, { ...options, maxBytes });
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxBytes);
    expect(JSON.parse(line)).toMatchObject({ id: event.id, ...hashes });
  }
});
