import { type AgentEvent } from "@clawmetry/siem-events";
import { memoryTransport } from "@clawmetry/siem-transports/memory";
import fc from "fast-check";
import { expect, test } from "vitest";
import { composeExporter } from "./create-siem-exporter.ts";
import { resolveSiemConfig } from "./resolve-siem-config.ts";

const FORMATS = ["cef", "json"] as const;
const HEADERS = ["rfc5424", "rfc3164", "none"] as const;

/** Sends one value as an event and gives what arrived, after one event more that must arrive in any case. */
async function linesOf(
  event: unknown,
  format: "cef" | "json",
  syslog: (typeof HEADERS)[number],
): Promise<readonly string[]> {
  const transport = memoryTransport();
  const config = resolveSiemConfig({ host: "siem.example", format, syslog, heartbeatSeconds: 0 });
  const exporter = composeExporter(config, () => transport);
  const taken = exporter.send(event as AgentEvent);
  expect(exporter.send({ id: "evt_after", event_type: "tool.call" })).toBe(true);
  await exporter.flush();
  const { dropped, accepted, sent } = exporter.stats;
  const refused = dropped.too_large + dropped.refused;
  expect({ accepted, sent, refused }).toEqual({ accepted: taken ? 2 : 1, sent: taken ? 2 : 1, refused: taken ? 0 : 1 });
  await exporter.close();
  return transport.messages.filter((line) => !line.includes("siem.events_dropped"));
}

function expectSafe(lines: readonly string[]): void {
  expect(lines.at(-1)).toContain("evt_after");
  for (const line of lines) {
    expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
    expect(line.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1400);
  }
}

const throws = (): never => {
  throw new Error("no");
};
const traps: ProxyHandler<object> = {
  get: throws,
  has: throws,
  ownKeys: throws,
  getPrototypeOf: throws,
  getOwnPropertyDescriptor: throws,
};
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const cycle: Record<string, unknown> = { event_type: "tool.call" };
cycle.data = { input: cycle, self: [cycle] };
let deep: unknown = "bottom";
for (let level = 0; level < 100_000; level++) deep = { data: deep, input: deep };
const long = "x\n".repeat(512 * 1024);

const VALUES: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["NaN", NaN],
  ["text", "<0>1 - forged"],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a BigInt", 5n],
  ["an array", [{ event_type: "tool.call" }]],
  ["a throwing proxy", new Proxy({}, traps)],
  ["a revoked proxy", revoked],
  ["an event with a throwing proxy as data", { event_type: "tool.call", data: new Proxy({}, traps) }],
  ["an event with a revoked proxy as data", { event_type: "tool.call", data: revoked }],
  [
    "an event with throwing getters",
    {
      get event_type() {
        return throws();
      },
      get data() {
        return throws();
      },
    },
  ],
  ["an event with a throwing toJSON", { event_type: "tool.call", toJSON: throws, data: { toJSON: throws } }],
  ["a cycle", cycle],
  ["very deep nesting", { event_type: "tool.call", data: deep }],
  [
    "1 MiB of lines in every field",
    {
      id: long,
      event_type: long,
      ts: long,
      node_id: long,
      session_id: long,
      data: { name: long, input: { command: long } },
    },
  ],
  [
    "objects in every field",
    { id: {}, event_type: {}, ts: {}, node_id: [], session_id: new Map(), data: new Date(NaN) },
  ],
  ["bytes", { event_type: "tool.call", data: Buffer.alloc(1024 * 1024, 10) }],
  ["BigInts and symbols", { event_type: "tool.call", ts: 1n, data: { a: 1n, b: Symbol("x"), [Symbol("y")]: 1 } }],
];

test.each(VALUES)("%s is one safe line or one counted refusal", async (_name, value) => {
  for (const format of FORMATS) {
    for (const syslog of HEADERS) expectSafe(await linesOf(value, format, syslog));
  }
});

test("so is any other value", async () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
  });
  const event = fc.oneof(
    anything,
    fc.record({
      id: anything,
      event_type: anything,
      ts: anything,
      session_id: anything,
      node_id: anything,
      chain_hash: anything,
      data: anything,
    }),
    fc.record({
      event_type: fc.constantFrom("tool.call", "tool_result", "message"),
      data: fc.dictionary(fc.constantFrom("input", "name", "text", "error", "tool_calls"), anything),
    }),
  );
  await fc.assert(
    fc.asyncProperty(event, fc.constantFrom(...FORMATS), fc.constantFrom(...HEADERS), async (value, format, syslog) => {
      expectSafe(await linesOf(value, format, syslog));
    }),
    { seed: 20_261_124, numRuns: 150 },
  );
});
