import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { fakeEffects } from "../test/fake-effects.ts";

test("after sends that worked, the wait for the next attempt stays short", async () => {
  const effects = fakeEffects(() => 0.999);
  const { exporter, transport } = setup({ effects });
  for (let count = 0; count < 20; count++) {
    exporter.send("a");
    await effects.advance(2000);
    transport.breakDown();
    await effects.advance(0);
  }
  const before = transport.batches.length;
  exporter.send("a");
  await effects.advance(2000);
  expect(transport.batches).toHaveLength(before + 1);
});
