import { expect, test } from "vitest";
import { setup as exporterSetup, type Setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { failure, scriptedTransport, type ScriptedTransport } from "../test/scripted-transport.ts";
import { type ExporterOptions } from "./exporter-options.ts";

function confirming(): ScriptedTransport {
  return Object.assign(scriptedTransport(), { confirms: true as const });
}

/** A receiver that refuses every message "bad", and takes all others. */
function refuseBad(messages: readonly string[]): Promise<void> | undefined {
  const refused = messages.flatMap((message, place) => (message === "bad" ? [place] : []));
  if (refused.length === 0) return undefined;
  return Promise.reject(failure({ code: "refused", retryable: false, delivered: messages.length, refused }));
}

function setup(options: Partial<ExporterOptions<string>> = {}): Setup {
  return exporterSetup({ replayWindowMs: 2000, ...options });
}

test("messages that the receiver refuses are rejected, and the others of the batch are sent", async () => {
  const losses: unknown[] = [];
  const { exporter, transport } = setup({
    ownEvent: (facts) => {
      losses.push(facts);
      return "own";
    },
  });
  transport.follow(refuseBad);
  ["bad", "a", "bad", "bad", "b", "bad"].forEach(exporter.send);
  await settled();
  expect(transport.batches).toEqual([["bad", "a", "bad", "bad", "b", "bad"], ["own"]]);
  expect(exporter.stats).toMatchObject({ sent: 2, own: 1, retried: 0, errors: 1, queuedEvents: 0, confirmedSeq: 7 });
  expect(exporter.stats).toMatchObject({
    dropped: { rejected: 4 },
    state: "connected",
    lastError: { code: "refused" },
  });
  expect(losses).toMatchObject([{ kind: "loss", count: 4, byReason: { rejected: 4 } }]);
});

test("what was not answered before a break is sent again, and nothing else", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(() => Promise.reject(failure({ delivered: 3, refused: [1] })));
  ["a", "bad", "b", "c"].forEach(exporter.send);
  await settled();
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(transport.batches).toEqual([["a", "bad", "b", "c"], ["c"]]);
  expect(exporter.stats).toMatchObject({ accepted: 4, sent: 3, dropped: { rejected: 1 }, confirmedSeq: 4 });
});

test("an own event that the receiver refuses is not sent for ever", async () => {
  const { exporter, transport, effects } = setup({ ownEvent: () => "bad", heartbeatMs: 1000 });
  transport.follow(refuseBad);
  await effects.advance(1000);
  expect(transport.batches).toEqual([["bad"]]);
  expect(exporter.stats).toMatchObject({ own: 0, errors: 1 });
});

test("what a receiver has acknowledged is not sent again after a break, whatever the replay window", async () => {
  const transport = confirming();
  const { exporter, effects } = setup({ transport });
  exporter.send("a");
  await settled();
  transport.breakDown();
  exporter.send("b");
  await effects.advance(125);
  expect(transport.batches).toEqual([["a"], ["b"]]);
  expect(exporter.stats).toMatchObject({ sent: 2, replayed: 0 });
});

test("in a failover, only what went to a destination without answers is sent again", async () => {
  const transport = confirming();
  const other = scriptedTransport();
  const { exporter, effects } = setup({ transport, fallbacks: [{ transport: other, target: "other" }] });
  exporter.send("a");
  await settled();
  transport.goDown();
  exporter.send("b");
  await effects.advance(125);
  other.goDown();
  transport.comeBack();
  exporter.send("c");
  await effects.advance(2000);
  expect(transport.batches).toEqual([["a"], ["b", "c"]]);
  expect(other.batches).toEqual([["b"]]);
  expect(exporter.stats).toMatchObject({ sent: 3, replayed: 1 });
});
