import { createServer } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";

test("a program that is not installed is named, with what installs it", async () => {
  await expect(startDaemon({ command: "no-such-receiver", args: [], sockets: [] })).rejects.toThrow(
    "cannot start no-such-receiver: run tools/install-receivers.sh",
  );
});

test("a daemon that ends at once is reported with its exit code and its words", async () => {
  const { port } = await freePorts({ port: "tcp" });
  const args = ["-e", 'console.error("no configuration"); process.exitCode = 3'];
  await expect(startDaemon({ command: process.execPath, args, sockets: [{ protocol: "tcp", port }] })).rejects.toThrow(
    /ended with 3: no configuration/,
  );
});

test("a port that another process listens on does not count as the daemon's", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const args = ["-e", "setTimeout(() => process.exit(4), 300)"];
  try {
    await expect(
      startDaemon({ command: process.execPath, args, sockets: [{ protocol: "tcp", port }] }),
    ).rejects.toThrow(/ended with 4/);
  } finally {
    server.close();
  }
});
