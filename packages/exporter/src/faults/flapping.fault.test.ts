import { setTimeout as wait } from "node:timers/promises";
import { findArrivalFaults, reportFault, seededRandom, watchLeaks } from "@clawmetry/siem-testkit/receivers";
import { expect, onTestFinished, test } from "vitest";
import { createFaultLoad } from "../../test/fault-load.ts";
import { expectNothingLeft, expectSum } from "../../test/fault-outcome.ts";
import { type FlappingCollector, startFlappingCollector } from "../../test/flapping-collector.ts";
import { createSiemExporter } from "../create-siem-exporter.ts";

const COLLECTORS = 100;
const PER_SECOND = 20;
const FOR_MS = 10_000;
const SEED = Number(process.env["SOAK_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

test(`SOAK_SEED=${SEED}: ${COLLECTORS} destinations that come and go each get everything in order`, async () => {
  const watch = watchLeaks();
  onTestFinished(watch.stop);
  const collectors = await Promise.all(Array.from({ length: COLLECTORS }, startFlappingCollector));
  const exporter = createSiemExporter({
    targets: collectors.map(({ port }) => ({ host: "127.0.0.1", port })),
    mode: "all",
    protocol: "tcp",
    heartbeatSeconds: 0,
  });
  onTestFinished(async () => {
    await exporter.close({ timeoutMs: 100 });
  });
  const endMs = performance.now() + FOR_MS;
  const flapping = collectors.map((collector, index) => flapUntil(endMs, collector, seededRandom(SEED + index)));
  await Promise.all([createFaultLoad([exporter]).even(PER_SECOND, FOR_MS), ...flapping]);
  expectSum(exporter.stats);
  expect(await exporter.flush({ timeoutMs: 60_000 })).toBe(true);
  await exporter.close();
  expectSum(exporter.stats);
  const { targets, accepted } = exporter.stats;
  const outcomes = collectors.map(({ arrivals }, index) => {
    const { missing, duplicates, outOfOrder } = findArrivalFaults(arrivals(), targets[index]?.queue?.lastSeq ?? NaN);
    return { lost: missing.length - arrivals().told, duplicates, outOfOrder: outOfOrder.length, told: arrivals().told };
  });
  await Promise.all(collectors.map((collector) => collector.close()));
  await expectNothingLeft(watch);
  const sum = (key: "lost" | "duplicates" | "outOfOrder" | "told") =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const row = { accepted, lost: sum("lost"), duplicates: sum("duplicates"), told: sum("told") };
  reportFault({ fault: `${COLLECTORS} destinations flapping`, receiver: "node", transport: "tcp, newline", ...row });
  expect({ lost: sum("lost"), outOfOrder: sum("outOfOrder"), told: sum("told") }).toEqual({
    lost: 0,
    outOfOrder: 0,
    told: 0,
  });
  expect(row.duplicates).toBeLessThanOrEqual(
    targets.reduce((total, { replayed, errors }) => total + replayed + errors, 0),
  );
});

async function flapUntil(endMs: number, collector: FlappingCollector, random: () => number): Promise<void> {
  for (;;) {
    await wait(500 + 3000 * random());
    if (performance.now() > endMs - 1000) return;
    await collector.flap(random() < 0.5, random() < 0.5 ? 0 : 1000 * random());
  }
}
