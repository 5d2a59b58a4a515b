import { type ExporterOptions, type StateChange } from "@clawmetry/siem-core";
import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { failing, failure, type ScriptedTransport, scriptedTransport, stalled } from "../test/scripted-transport.ts";

function setupTwo(options: Partial<ExporterOptions<string>> = {}) {
  const second = scriptedTransport();
  const changes: StateChange[] = [];
  const {
    exporter,
    effects,
    transport: first,
  } = setup({
    target: "first",
    fallbacks: [{ transport: second, target: "second" }],
    ...options,
  });
  exporter.onStateChange((change) => changes.push(change));
  const words = () => changes.map(({ state, target }) => `${state} ${target}`);
  return { exporter, effects, first, second, words };
}

const sentTo = (transport: ScriptedTransport): readonly string[] => transport.batches.flat();
const active = (stats: { readonly targets: readonly { readonly target: string; readonly active: boolean }[] }) =>
  stats.targets.filter((target) => target.active).map(({ target }) => target);

test("sends to the first destination, and leaves the others alone", async () => {
  const { exporter, first, second } = setupTwo();
  exporter.send("a");
  await settled();
  expect(sentTo(first)).toEqual(["a"]);
  expect([second.batches.length, second.connects]).toEqual([0, 0]);
  expect(active(exporter.stats)).toEqual(["first"]);
});

test("fails over at once to the next destination, in order and without a loss", async () => {
  const { exporter, effects, first, second, words } = setupTwo();
  first.goDown();
  await effects.advance(0);
  exporter.send("a");
  exporter.send("b");
  await effects.advance(250);
  expect(sentTo(first)).toEqual([]);
  expect(sentTo(second)).toEqual(["a", "b"]);
  expect(exporter.stats).toMatchObject({ sent: 2, state: "connected" });
  expect(active(exporter.stats)).toEqual(["second"]);
  expect(words()).toEqual(["backing-off first", "connecting first", "connected second"]);
});

test("a connection that breaks after it worked is tried again before the next destination", async () => {
  const { exporter, effects, first, second } = setupTwo();
  exporter.send("a");
  await effects.advance(6000);
  first.breakDown();
  exporter.send("b");
  await effects.advance(250);
  expect(sentTo(first)).toEqual(["a", "b"]);
  expect(second.batches).toEqual([]);
});

test("a stalled connection is left for the next destination at once", async () => {
  const { exporter, effects, first, second } = setupTwo({ attemptTimeoutMs: 1000 });
  first.follow(stalled);
  exporter.send("a");
  await effects.advance(1000);
  expect(sentTo(second)).toEqual(["a"]);
});

test("goes back to the first destination when it can be reached again, also without an event", async () => {
  const { exporter, effects, first, second, words } = setupTwo();
  first.goDown();
  exporter.send("a");
  await effects.advance(5000);
  expect(sentTo(second)).toEqual(["a"]);
  expect(active(exporter.stats)).toEqual(["second"]);
  const before = first.connects;
  await effects.advance(30_000);
  expect(first.connects).toBeGreaterThan(before);
  first.comeBack();
  await effects.advance(30_000);
  expect(active(exporter.stats)).toEqual(["first"]);
  expect(words().at(-1)).toBe("connected first");
  exporter.send("b");
  await settled();
  expect(sentTo(first)).toEqual(["b"]);
  const after = first.connects;
  await effects.advance(60_000);
  expect(first.connects).toBe(after);
  expect(effects.timers().loose).toEqual([]);
});

test("a destination that takes connections and then stalls is tried again ever more seldom", async () => {
  const { exporter, effects, first, second } = setupTwo({ attemptTimeoutMs: 1000 });
  first.follow(stalled);
  let sent = 0;
  for (let second10 = 0; second10 < 60; second10++) {
    exporter.send(`event ${String(sent++)}`);
    await effects.advance(10_000);
  }
  expect(first.batches.length).toBeLessThan(45);
  expect(sentTo(second).length).toBe(sent);
});

test("tries all destinations before it waits, then the one whose wait is over first", async () => {
  const { exporter, effects, first, second } = setupTwo();
  first.follow(failing({ code: "connect" }));
  second.follow(failing({ code: "connect" }));
  exporter.send("a");
  await effects.advance(1);
  expect([first.batches.length, second.batches.length]).toEqual([1, 1]);
  expect(exporter.stats.state).toBe("backing-off");
  await effects.advance(124);
  expect([first.batches.length, second.batches.length]).toEqual([2, 2]);
  second.follow(() => undefined);
  await effects.advance(500);
  expect(exporter.stats).toMatchObject({ sent: 1, queuedEvents: 0 });
  expect(active(exporter.stats)).toEqual(["second"]);
});

test("says failing-over while another destination is on trial", async () => {
  const { exporter, effects, first, second, words } = setupTwo();
  second.goDown();
  first.goDown();
  await effects.advance(1000);
  exporter.send("a");
  await effects.advance(1000);
  expect(words()).toContain("failing-over second");
  expect(exporter.stats.state).toBe("backing-off");
});

test("what a broken destination may have lost is sent again to the other one", async () => {
  const { exporter, effects, first, second } = setupTwo({ replayWindowMs: 2000 });
  exporter.send("a");
  await effects.advance(100);
  exporter.send("b");
  await effects.advance(100);
  first.goDown();
  await effects.advance(1000);
  expect(sentTo(second)).toEqual(["a", "b"]);
  expect(exporter.stats).toMatchObject({ sent: 2, replayed: 2 });
  expect(exporter.stats.targets).toMatchObject([
    { target: "first", sent: 2, replayed: 0 },
    { target: "second", sent: 0, replayed: 2, active: true, state: "connected" },
  ]);
});

test("a break of a destination that is not in use any more sends nothing again, once its time is over", async () => {
  const { exporter, effects, first, second } = setupTwo({ replayWindowMs: 2000 });
  first.goDown();
  exporter.send("a");
  await effects.advance(300);
  first.comeBack();
  await effects.advance(30_000);
  exporter.send("b");
  await effects.advance(100);
  second.breakDown();
  await effects.advance(1000);
  expect(sentTo(first)).toEqual(["b"]);
  expect(exporter.stats).toMatchObject({ sent: 2, replayed: 0 });
});

test("own events name the destination that they go to", async () => {
  const seen: string[] = [];
  const { exporter, effects, first } = setupTwo({
    heartbeatMs: 1000,
    ownEvent: (facts) => {
      if (facts.kind === "heartbeat") seen.push(`${facts.target} ${facts.state}`);
      return facts.kind;
    },
  });
  exporter.send("a");
  await effects.advance(1000);
  first.goDown();
  await effects.advance(1000);
  await effects.advance(1000);
  expect(seen.slice(0, 1)).toEqual(["first connected"]);
  expect(seen.at(-1)).toBe("second connected");
});

test("close closes every destination, and looks for none any more", async () => {
  const { exporter, effects, first, second } = setupTwo();
  first.goDown();
  exporter.send("a");
  await effects.advance(5000);
  const closed = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closed).toEqual({ sent: 1, dropped: 0, left: 0 });
  expect([first.closes, second.closes]).toEqual([1, 1]);
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
  expect(exporter.stats.state).toBe("closed");
});

test("a listener that throws, or is taken away, changes nothing", async () => {
  const { exporter, effects, transport } = setup();
  const changes: string[] = [];
  exporter.onStateChange(() => {
    throw new Error("listener");
  });
  const end = exporter.onStateChange(({ state }) => changes.push(state));
  transport.goDown();
  await effects.advance(0);
  end();
  exporter.send("a");
  transport.comeBack();
  await effects.advance(1000);
  expect(exporter.stats.sent).toBe(1);
  expect(changes).toEqual([]);
});

test("close waits for a destination that was left shortly before, too", async () => {
  const { exporter, effects, first, second } = setupTwo({ replayWindowMs: 2000 });
  first.goDown();
  exporter.send("a");
  await effects.advance(5000);
  exporter.send("b");
  await effects.advance(0);
  second.acknowledgeNothingFor(5000);
  first.comeBack();
  await effects.advance(3000);
  expect(active(exporter.stats)).toEqual(["first"]);
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 1 });
});

test("a heartbeat tells the state of the moment at which it was due", async () => {
  const seen: string[] = [];
  const { exporter, effects, transport } = setup({
    heartbeatMs: 1000,
    ownEvent: (facts) => {
      if (facts.kind === "heartbeat") seen.push(facts.state);
      return facts.kind;
    },
  });
  transport.goDown();
  exporter.send("a");
  await effects.advance(1500);
  transport.comeBack();
  await effects.advance(2000);
  expect(seen).toEqual(["backing-off", "connected", "connected"]);
});

test("a destination whose last attempt failed is backing off, also while another one is in use", async () => {
  const { exporter, effects, first } = setupTwo();
  first.goDown();
  exporter.send("a");
  await effects.advance(5000);
  expect(exporter.stats.targets.map(({ target, state }) => [target, state])).toEqual([
    ["first", "backing-off"],
    ["second", "connected"],
  ]);
});

test("what another destination took is not sent again", async () => {
  const { exporter, effects, first, second } = setupTwo({ replayWindowMs: 2000 });
  first.goDown();
  exporter.send("a");
  await effects.advance(300);
  first.comeBack();
  await effects.advance(1000);
  exporter.send("b");
  await effects.advance(100);
  first.goDown();
  await effects.advance(1000);
  expect(sentTo(first)).toEqual(["b"]);
  expect(sentTo(second)).toEqual(["a", "b"]);
});

test("a destination that takes everything and reads nothing is tried again ever more seldom", async () => {
  const { exporter, effects, first } = setupTwo();
  let breaks = 0;
  let secondsInUse = 0;
  for (let second = 0; second < 600; second++) {
    exporter.send(String(second));
    await effects.advance(1000);
    secondsInUse = active(exporter.stats)[0] === "first" ? secondsInUse + 1 : 0;
    if (secondsInUse < 15) continue;
    first.breakDown(failure({ code: "timeout", silentMs: 15_000 }));
    secondsInUse = 0;
    breaks += 1;
  }
  expect(breaks).toBeLessThan(25);
});
