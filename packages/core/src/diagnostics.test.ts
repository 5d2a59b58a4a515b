import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";

test("tells subscribers of states, drops and errors, until they leave", async () => {
  const seen: unknown[] = [];
  const listener = (message: unknown, name: string | symbol): void => {
    seen.push([name, message]);
  };
  const names = ["clawmetry:siem:state", "clawmetry:siem:drop", "clawmetry:siem:error"];
  for (const name of names) subscribe(name, listener);
  try {
    const { exporter, effects, transport } = setup({ target: "tcp://collector:514", limits: { maxEvents: 1 } });
    transport.goDown();
    await effects.advance(0);
    exporter.send("a");
    exporter.send("b");
    expect(seen).toEqual([
      [
        "clawmetry:siem:error",
        {
          code: "io",
          message: "connection to collector:514 broke",
          atMs: 1_700_000_000_000,
          target: "tcp://collector:514",
        },
      ],
      [
        "clawmetry:siem:drop",
        { reason: "queue_full", number: 2, severity: 6, atMs: 1_700_000_000_000, target: "tcp://collector:514" },
      ],
    ]);
    transport.comeBack();
    await effects.advance(125);
    expect(seen.slice(2)).toEqual([
      ["clawmetry:siem:state", { state: "backing-off", previous: "idle", target: "tcp://collector:514" }],
      ["clawmetry:siem:state", { state: "connecting", previous: "backing-off", target: "tcp://collector:514" }],
      ["clawmetry:siem:state", { state: "connected", previous: "connecting", target: "tcp://collector:514" }],
    ]);
    for (const name of names) unsubscribe(name, listener);
    transport.breakDown();
    await effects.advance(0);
    expect(seen).toHaveLength(5);
  } finally {
    for (const name of names) unsubscribe(name, listener);
  }
});
