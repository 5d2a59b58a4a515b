import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { watchLeaks } from "./watch-leaks.ts";

test("a timer counts until it fires or is cleared, also one that keeps nothing alive", () => {
  const watch = watchLeaks();
  onTestFinished(watch.stop);
  const timer = setTimeout(() => undefined, 60_000).unref();
  expect(watch.leaks().timers).toBe(1);
  clearTimeout(timer);
  expect(watch.leaks().timers).toBe(0);
});

test.runIf(process.platform === "linux")(
  "a socket counts until it is closed, also one that keeps nothing alive",
  async () => {
    const watch = watchLeaks();
    onTestFinished(watch.stop);
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").unref();
    const [peer] = (await once(server, "connection")) as [{ destroy: () => void }];
    expect(watch.leaks().sockets).toBe(3);
    peer.destroy();
    socket.destroy();
    await once(server.close(), "close");
    expect(watch.leaks()).toMatchObject({ sockets: 0, timers: 0, unhandled: [] });
  },
);
