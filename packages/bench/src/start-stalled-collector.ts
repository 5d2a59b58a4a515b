import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** A collector that takes connections and reads nothing. */
export interface StalledCollector {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Starts one on a free port of loopback. */
export async function startStalledCollector(): Promise<StalledCollector> {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
