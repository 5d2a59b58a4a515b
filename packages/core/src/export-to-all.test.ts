import { createExporter, type Exporter, exportToAll, type StateChange } from "@clawmetry/siem-core";
import { expect, test } from "vitest";
import { fakeEffects } from "../test/fake-effects.ts";
import { failing, scriptedTransport, stalled } from "../test/scripted-transport.ts";

function setupAll(maxEvents = 4) {
  const effects = fakeEffects();
  const transports = [scriptedTransport(), scriptedTransport()] as const;
  const exporters = transports.map((transport, index) =>
    createExporter<string>({
      format: (text) => ({ text, severity: 6 }),
      transport,
      target: `target ${String(index)}`,
      limits: { maxEvents },
      effects,
    }),
  );
  return { effects, transports, exporter: exportToAll(exporters) };
}

/** Whether the exporter has become ready, asked without waiting. */
function watchReady(exporter: Exporter<string>): () => boolean {
  let ready = false;
  void exporter.ready().then(() => {
    ready = true;
  });
  return () => ready;
}

test("wants at least one exporter", () => {
  expect(() => exportToAll([])).toThrow("exporters must be at least one, got 0");
});

test("every destination gets every event, and the counters are sums", async () => {
  const { exporter, effects, transports } = setupAll();
  expect(exporter.send("a")).toBe(true);
  expect(exporter.send("b")).toBe(true);
  await effects.advance(0);
  expect(transports.map(({ batches }) => batches.flat())).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
  expect(exporter.stats).toMatchObject({ accepted: 4, sent: 4, queuedEvents: 0, lastSeq: 2, confirmedSeq: 2 });
  expect(exporter.stats.targets).toMatchObject([
    { target: "target 0", active: true, sent: 2, queue: { accepted: 2, lastSeq: 2 } },
    { target: "target 1", active: true, sent: 2, queue: { accepted: 2, lastSeq: 2 } },
  ]);
});

test("a dead destination loses its own events only, and slows nobody", async () => {
  const { exporter, effects, transports } = setupAll(2);
  transports[0].follow(failing({ code: "connect" }));
  const accepted: boolean[] = [];
  for (const text of ["a", "b", "c", "d"]) {
    accepted.push(exporter.send(text));
    await effects.advance(1);
  }
  expect(accepted).toEqual([true, true, false, false]);
  expect(transports[1].batches.flat()).toEqual(["a", "b", "c", "d"]);
  expect(exporter.stats).toMatchObject({ accepted: 6, sent: 4, queuedEvents: 2, state: "backing-off" });
  expect(exporter.stats.dropped.queue_full).toBe(2);
  expect(exporter.stats.targets.map(({ sent, state }) => [sent, state])).toEqual([
    [0, "backing-off"],
    [4, "connected"],
  ]);
  expect(exporter.stats.lastError).toMatchObject({ code: "connect" });
});

test("ready waits for those that can be reached, and not for a dead one", async () => {
  const { exporter, effects, transports } = setupAll(2);
  transports[0].follow(failing({ code: "connect" }));
  transports[1].follow(stalled);
  exporter.send("a");
  exporter.send("b");
  const ready = watchReady(exporter);
  await effects.advance(1);
  expect(ready()).toBe(false);
  transports[1].follow(() => undefined);
  await effects.advance(61_000); // the stalled send ends by its time limit
  expect(ready()).toBe(true);
  expect(exporter.stats.targets.map(({ sent }) => sent)).toEqual([0, 2]);
});

test("ready waits for any, where none can be reached", async () => {
  const { exporter, effects, transports } = setupAll(2);
  for (const transport of transports) transport.follow(failing({ code: "connect" }));
  exporter.send("a");
  exporter.send("b");
  const ready = watchReady(exporter);
  await effects.advance(1000);
  expect(ready()).toBe(false);
  transports[1].follow(() => undefined);
  await effects.advance(60_000);
  expect(ready()).toBe(true);
  const closed = exporter.close({ timeoutMs: 100 });
  await effects.advance(1000);
  expect(await closed).toEqual({ sent: 2, dropped: 0, left: 2 });
});

test("flush and close wait for all, each within the whole time limit", async () => {
  const { exporter, effects, transports } = setupAll();
  transports[0].follow(stalled);
  exporter.send("a");
  const flushed = exporter.flush({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await flushed).toBe(false);
  const [one, two] = [exporter.close({ timeoutMs: 1000 }), exporter.close({ timeoutMs: 1 })];
  await effects.advance(1000);
  expect(await one).toEqual({ sent: 1, dropped: 0, left: 1 });
  expect(await two).toBe(await one);
  expect(transports.map(({ closes }) => closes)).toEqual([1, 1]);
  expect(exporter.stats.state).toBe("closed");
  await exporter.ready();
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("tells the changes of every destination until it is taken back", async () => {
  const { exporter, effects, transports } = setupAll();
  const changes: StateChange[] = [];
  const end = exporter.onStateChange((change) => changes.push(change));
  exporter.send("a");
  await effects.advance(0);
  transports[1].breakDown();
  await effects.advance(0);
  end();
  transports[0].breakDown();
  await effects.advance(0);
  expect(changes).toEqual([
    { state: "connected", previous: "idle", target: "target 0" },
    { state: "connected", previous: "idle", target: "target 1" },
    { state: "idle", previous: "connected", target: "target 1" },
  ]);
});
