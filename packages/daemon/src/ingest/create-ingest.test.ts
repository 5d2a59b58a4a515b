import { expect, test } from "vitest";
import { type CompleteEvent } from "./complete-event.ts";
import { createIngest, type Ingest, type IngestOptions } from "./create-ingest.ts";

const event = { event_type: "tool.call", id: "e1" };

interface Setup {
  readonly ingest: Ingest;
  readonly batches: (readonly CompleteEvent[])[];
  /** Ends the oldest `add` that is under way. */
  readonly finish: (result: number | Error) => void;
  readonly told: unknown[];
}

function setup(options: Partial<IngestOptions> = {}): Setup {
  const batches: (readonly CompleteEvent[])[] = [];
  const told: unknown[] = [];
  const ends: ((result: number | Error) => void)[] = [];
  const ingest = createIngest({
    store: {
      add: (batch) =>
        new Promise((resolve, reject) => {
          batches.push(batch);
          ends.push((result) => {
            if (typeof result === "number") resolve(result);
            else reject(result);
          });
        }),
    },
    redact: (subject) => ({ ...subject, data: "redacted" }),
    nodeId: "node-a",
    maxWaiting: 3,
    now: () => 0,
    onStored: () => told.push("stored"),
    onFailure: (code, message) => told.push([code, message]),
    ...options,
  });
  return { ingest, batches, told, finish: (result) => ends.shift()?.(result) };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("events are completed, redacted and stored, and counted", async () => {
  const { ingest, batches, told, finish } = setup();
  const report = ingest.take([event, { event_type: "x", id: "e2", ts: 5 }], "run-1");
  expect(ingest.waiting).toBe(2);
  await settle();
  expect(batches).toEqual([
    [
      {
        event_type: "tool.call",
        id: "e1",
        ts: "1970-01-01T00:00:00.000Z",
        node_id: "node-a",
        session_id: "run-1",
        workspace_id: null,
        data: "redacted",
      },
      {
        event_type: "x",
        id: "e2",
        ts: 5,
        node_id: "node-a",
        session_id: "run-1",
        workspace_id: null,
        data: "redacted",
      },
    ],
  ]);
  finish(1);
  expect(await report).toEqual({ accepted: 1, duplicates: 1 });
  expect(told).toEqual(["stored"]);
  expect(ingest.waiting).toBe(0);
});

test("batches are stored one after the other", async () => {
  const { ingest, batches, finish } = setup();
  const reports = [ingest.take([event]), ingest.take([event])];
  await settle();
  expect(batches).toHaveLength(1);
  finish(1);
  await settle();
  expect(batches).toHaveLength(2);
  finish(0);
  expect(await Promise.all(reports)).toEqual([
    { accepted: 1, duplicates: 0 },
    { accepted: 0, duplicates: 1 },
  ]);
});

test("more than may wait is refused whole, but one batch is always taken", async () => {
  const { ingest, finish } = setup();
  const first = ingest.take([event, event, event, event]);
  await expect(ingest.take([event])).rejects.toMatchObject({
    name: "IngestError",
    code: "queue_full",
    message: "4 events wait to be stored: send them again later",
  });
  await settle();
  finish(4);
  await first;
  const second = ingest.take([event, event]);
  const third = ingest.take([event]);
  await settle();
  finish(2);
  await settle();
  finish(1);
  expect(await Promise.all([second, third])).toEqual([
    { accepted: 2, duplicates: 0 },
    { accepted: 1, duplicates: 0 },
  ]);
});

test("a batch that cannot be stored is told to who sent it, and the next one is tried", async () => {
  const { ingest, told, finish } = setup();
  const [failed, next] = [ingest.take([event]), ingest.take([event])];
  await settle();
  finish(new Error("secret"));
  await expect(failed).rejects.toMatchObject({
    code: "store_failed",
    message: "the events could not be stored: send them again",
  });
  await settle();
  finish(1);
  expect(await next).toEqual({ accepted: 1, duplicates: 0 });
  expect(told).toEqual([["store_failed", "an unexpected Error"], "stored"]);
});

test("close waits for what was taken, and takes no more", async () => {
  const { ingest, finish } = setup();
  const taken = ingest.take([event]);
  const closed = ingest.close();
  await expect(ingest.take([event])).rejects.toMatchObject({ code: "closed", message: "the daemon is shutting down" });
  await settle();
  finish(1);
  await closed;
  expect(await taken).toEqual({ accepted: 1, duplicates: 0 });
});
