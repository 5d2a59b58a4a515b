import { expect, test } from "vitest";
import { scriptedTransport } from "../test/scripted-transport.ts";
import { type ExporterOptions, resolveExporterOptions } from "./exporter-options.ts";
import { memoryQueue } from "./memory-queue.ts";

const essential: ExporterOptions<string> = {
  format: (text) => ({ text, severity: 6 }),
  transport: scriptedTransport(),
};

function usedQueue() {
  const queue = memoryQueue();
  queue.offer({ text: "a", severity: 6 });
  return queue;
}

test("fills in the defaults", () => {
  expect(resolveExporterOptions(essential)).toMatchObject({
    limits: { maxEvents: 10_000, maxBytes: 33_554_432, dropPolicy: "least-severe", sessionShare: 0.5 },
    ownEvent: undefined,
    targets: [{ target: "transport", transport: essential.transport }],
    heartbeatMs: 0,
    lossReportIntervalMs: 10_000,
    replayWindowMs: 0,
    maxBatchEvents: 512,
    maxBatchBytes: 262_144,
    attemptTimeoutMs: 60_000,
    retry: { maxAttempts: Infinity, initialDelayMs: 250, maxDelayMs: 30_000 },
  });
});

test.each<[Partial<ExporterOptions<string>>, string]>([
  [{ heartbeatMs: 1000 }, "heartbeatMs must be 0 without ownEvent, got 1000"],
  [{ heartbeatMs: NaN }, "heartbeatMs must be a number of at least 0, got NaN"],
  [{ lossReportIntervalMs: 99 }, "lossReportIntervalMs must be a number of at least 100, got 99"],
  [{ replayWindowMs: -1 }, "replayWindowMs must be a number of at least 0, got -1"],
  [{ maxBatchEvents: 0 }, "maxBatchEvents must be an integer of at least 1, got 0"],
  [{ maxBatchBytes: 0.5 }, "maxBatchBytes must be an integer of at least 1, got 0.5"],
  [{ attemptTimeoutMs: 0 }, "attemptTimeoutMs must be a number of at least 1, got 0"],
  [{ limits: { maxEvents: 0 } }, "limits.maxEvents must be an integer of at least 1, got 0"],
  [{ limits: { sessionShare: 0 } }, "limits.sessionShare must be a number above 0, at most 1, got 0"],
  [{ limits: { sessionShare: 1.5 } }, "limits.sessionShare must be a number above 0, at most 1, got 1.5"],
  [{ queue: usedQueue() }, "queue must be empty: size 0, got 1"],
  [{ retry: { maxAttempts: 0 } }, "retry.maxAttempts must be at least 1, got 0"],
  [{ retry: { initialDelayMs: 0 } }, "retry.initialDelayMs must be a number above 0, got 0"],
  [{ retry: { maxDelayMs: 100 } }, "retry.maxDelayMs must be a number of at least 250, got 100"],
])("rejects %j", (options, reason) => {
  expect(() => resolveExporterOptions({ ...essential, ...options })).toThrow(reason);
});
