import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record } from "fast-check";
import { expect, test } from "vitest";
import { fakeEffects, type FakeEffects, settled } from "../test/fake-effects.ts";
import { failure, scriptedTransport, type ScriptedTransport } from "../test/scripted-transport.ts";
import { createExporter, type Exporter } from "./exporter.ts";
import { type ExporterOptions } from "./exporter-options.ts";

interface Weather {
  readonly mode: "good" | "down" | "stall" | "reject" | "refuse" | "alien";
  readonly delivered: number;
  readonly breaks: boolean;
}

const event = record({ severity: integer({ min: 0, max: 7 }), length: integer({ min: 8, max: 24 }) });
const weather = record<Weather>({
  mode: constantFrom("good", "down", "stall", "reject", "refuse", "alien"),
  delivered: integer({ min: 0, max: 3 }),
  breaks: constantFrom(true, false),
});
const step = oneof(
  {
    weight: 4,
    arbitrary: event.map(({ severity, length }) => ({ do: "send" as const, text: `${severity} ${length}` })),
  },
  constantFrom("big", "throw").map((text) => ({ do: "send" as const, text })),
  constantFrom(0, 1).map((index) => ({ do: "break" as const, index })),
  constant({ do: "settle" as const }),
  integer({ min: 0, max: 4000 }).map((ms) => ({ do: "advance" as const, ms })),
  record({ next: weather, index: constantFrom(0, 1) }).map((change) => ({ do: "weather" as const, ...change })),
);
const settings = record<Partial<ExporterOptions<string>>>({
  limits: record({
    maxEvents: constant(6),
    maxBytes: constant(100),
    dropPolicy: constantFrom("least-severe" as const, "newest" as const, "oldest" as const),
  }),
  replayWindowMs: constantFrom(0, 2000),
  maxBatchEvents: integer({ min: 1, max: 4 }),
});
const destinations = constantFrom(1, 2);

/** A message begins with its number; the exporter's own ones say so. */
const format: ExporterOptions<string>["format"] = (text, { sequence }) => {
  if (text === "throw") throw new Error("no");
  if (text === "big") return "too_large";
  if (text === "own") return { text: `${sequence.number} own`, severity: 5 };
  const [severity, length] = text.split(" ").map(Number);
  return { text: `${sequence.number} `.padEnd(length ?? 0, "."), severity: severity ?? 0 };
};

function follow(transport: ScriptedTransport, { mode, delivered, breaks }: Weather, arrived: string[]): void {
  transport.follow((messages, signal) => {
    const count = mode === "good" ? messages.length : mode === "alien" ? 0 : Math.min(delivered, messages.length);
    const refused = mode === "refuse" && count > 0 ? [count - 1] : [];
    arrived.push(...messages.slice(0, count).filter((_message, place) => !refused.includes(place)));
    if (mode === "good") return undefined;
    if (breaks) transport.breakDown();
    if (mode === "alien") return Promise.reject(new Error("?"));
    if (mode === "reject") return Promise.reject(failure({ code: "too_large", retryable: false, delivered: count }));
    if (mode === "refuse") {
      const answered = count === messages.length;
      return Promise.reject(failure({ code: "refused", retryable: !answered, delivered: count, refused }));
    }
    if (mode === "down") return Promise.reject(failure({ delivered: count }));
    return new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(failure({ code: "timeout", delivered: count }));
      });
    });
  });
}

async function close(exporter: Exporter<string>, effects: FakeEffects): Promise<void> {
  const closing = exporter.close({ timeoutMs: 2000 });
  await effects.advance(2000);
  expect(await closing).toMatchObject({ sent: exporter.stats.sent, left: exporter.stats.dropped.shutdown });
  expect(exporter.stats).toMatchObject({ queuedEvents: 0, queuedBytes: 0 });
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
}

function checkBalance({ stats }: Exporter<string>, calls: number, acceptedCalls: number): void {
  const { accepted, sent, queuedEvents, dropped } = stats;
  expect(sent + queuedEvents + dropped.evicted + dropped.rejected + dropped.shutdown).toBe(accepted);
  expect(accepted).toBe(acceptedCalls);
  expect(accepted + dropped.queue_full + dropped.too_large + dropped.refused).toBe(calls);
}

function checkArrivals({ stats }: Exporter<string>, arrived: readonly string[], replays: boolean): void {
  const numbers = arrived.map((text) => Number.parseInt(text, 10));
  const events = arrived.filter((text) => !text.endsWith("own")).map((text) => Number.parseInt(text, 10));
  const firsts = [...new Set(events)];
  // Events that close could not send again count as left, although they arrived once.
  const takenBack = firsts.length - stats.sent;
  expect(takenBack).toBeGreaterThanOrEqual(0);
  expect(takenBack).toBeLessThanOrEqual(replays ? stats.dropped.shutdown : 0);
  // Every line has a number of its own: what arrives twice is a replay, and nothing else arrives twice.
  expect(numbers).toHaveLength(stats.sent + stats.own + stats.replayed + takenBack);
  expect(new Set(numbers).size).toBe(stats.sent + stats.own + takenBack);
  expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
  if (!replays) expect(events).toEqual(firsts);
}

test("whatever the transport does: every event is accounted for at any moment, and arrives in order", async () => {
  await assert(
    asyncProperty(array(step, { maxLength: 60 }), settings, destinations, async (steps, options, count) => {
      const effects = fakeEffects();
      const transport = scriptedTransport();
      const other = scriptedTransport();
      const at = (index: number): ScriptedTransport =>
        (index < count ? [transport, other][index] : undefined) ?? transport;
      const arrived: string[] = [];
      for (const each of [transport, other]) follow(each, { mode: "good", delivered: 0, breaks: false }, arrived);
      const fallbacks = count === 1 ? [] : [{ transport: other, target: "other" }];
      const own = { ownEvent: () => "own", heartbeatMs: 3000, lossReportIntervalMs: 1000 };
      const exporter = createExporter<string>({ format, transport, fallbacks, effects, ...own, ...options });
      let [calls, accepted, confirmed] = [0, 0, 0];
      for (const next of steps) {
        if (next.do === "send") {
          calls += 1;
          if (exporter.send(next.text)) accepted += 1;
        } else if (next.do === "break") at(next.index).breakDown();
        else if (next.do === "settle") await settled();
        else if (next.do === "advance") await effects.advance(next.ms);
        else follow(at(next.index), next.next, arrived);
        checkBalance(exporter, calls, accepted);
        expect(exporter.stats.confirmedSeq).toBeGreaterThanOrEqual(confirmed);
        confirmed = exporter.stats.confirmedSeq;
      }
      await close(exporter, effects);
      checkBalance(exporter, calls, accepted);
      checkArrivals(exporter, arrived, options.replayWindowMs !== 0);
    }),
    { seed: 5424, numRuns: 300 },
  );
}, 30_000);
