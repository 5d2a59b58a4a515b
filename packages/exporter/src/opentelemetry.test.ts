import type { MetricData } from "@opentelemetry/sdk-metrics";
import { beforeAll, expect, test } from "vitest";
import { runScript } from "../test/run-script.ts";

const collected = new Map<string, readonly MetricData[]>();

beforeAll(async () => {
  const { out, err } = await runScript("collect-metrics.ts");
  expect(err).toBe("");
  for (const line of out.trimEnd().split("\n")) {
    const collection = JSON.parse(line) as { moment: string; errors: unknown; metrics: readonly MetricData[] };
    expect(collection.errors).toEqual([]);
    collected.set(collection.moment, collection.metrics);
  }
}, 20_000);

function pointsOf(moment: string, name: string): readonly (readonly [attributes: object, value: unknown])[] {
  const metric = collected.get(moment)?.find(({ descriptor }) => descriptor.name === `clawmetry.siem.${name}`);
  return metric?.dataPoints.map(({ attributes, value }) => [attributes, value] as const) ?? [];
}

test("every counter is an instrument with its unit", () => {
  expect(collected.get("queued")?.map(({ descriptor: { name, unit } }) => [name, unit])).toEqual([
    ["clawmetry.siem.events.accepted", "{event}"],
    ["clawmetry.siem.events.sent", "{event}"],
    ["clawmetry.siem.events.dropped", "{event}"],
    ["clawmetry.siem.events.replayed", "{event}"],
    ["clawmetry.siem.events.own", "{event}"],
    ["clawmetry.siem.sends.retried", "{attempt}"],
    ["clawmetry.siem.errors", "{error}"],
    ["clawmetry.siem.queue.events", "{event}"],
    ["clawmetry.siem.queue.size", "By"],
    ["clawmetry.siem.sequence.last", "1"],
    ["clawmetry.siem.sequence.confirmed", "1"],
    ["clawmetry.siem.target.state", "1"],
    ["clawmetry.siem.target.active", "1"],
    ["clawmetry.siem.target.sent", "{event}"],
    ["clawmetry.siem.target.errors", "{error}"],
    ["clawmetry.siem.target.queue.events", "{event}"],
  ]);
});

test("values are those of the moment of collection", () => {
  expect(pointsOf("queued", "queue.events")).toEqual([[{}, 4]]);
  expect(pointsOf("queued", "events.sent")).toEqual([[{}, 0]]);
  expect(pointsOf("sent", "queue.events")).toEqual([[{}, 0]]);
  expect(pointsOf("sent", "events.sent")).toEqual([[{}, 4]]);
  expect(pointsOf("sent", "sequence.confirmed")).toEqual([[{}, 2]]);
  expect(pointsOf("sent", "target.sent")).toEqual([
    [{ target: "udp://127.0.0.1:9" }, 2],
    [{ target: "udp://localhost:9" }, 2],
  ]);
});

test("drops are told by reason", () => {
  expect(pointsOf("closed", "events.dropped")).toContainEqual([{ reason: "closed" }, 2]);
  expect(pointsOf("closed", "events.dropped")).toContainEqual([{ reason: "queue_full" }, 0]);
});

test("the state of each target is 1 on the present one", () => {
  const states = pointsOf("closed", "target.state");
  expect(states).toHaveLength(12);
  expect(states.filter(([, value]) => value === 1)).toEqual([
    [{ target: "udp://127.0.0.1:9", state: "closed" }, 1],
    [{ target: "udp://localhost:9", state: "closed" }, 1],
  ]);
});

test("after the end of the observation nothing is read any more", () => {
  expect(pointsOf("stopped", "events.dropped")).toContainEqual([{ reason: "closed" }, 2]); // of 4 by then
});
