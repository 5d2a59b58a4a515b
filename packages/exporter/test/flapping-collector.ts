import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Arrivals } from "@clawmetry/siem-testkit/receivers";

const LINE = /^.* (\S+) - CEF:.*$/;
const SEQUENCE = /ClawmetrySeq=(\d+) ClawmetryBoot=/;
const COUNT = / cnt=(\d+)/;

/** A collector on loopback that does not stay. */
export interface FlappingCollector {
  readonly port: number;
  readonly arrivals: () => Arrivals;
  /** Ends every connection, with RST or with FIN, and listens again after `awayMs`; with 0 it never stops listening. */
  readonly flap: (reset: boolean, awayMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts one. It takes lines, and what has no line feed yet when a connection ends is no line. */
export async function startFlappingCollector(): Promise<FlappingCollector> {
  const events: number[] = [];
  const own: number[] = [];
  const losses = new Map<number, number>();
  const sockets = new Set<Socket>();

  function note(line: string): void {
    const number = Number(SEQUENCE.exec(line)?.[1]);
    const type = LINE.exec(line)?.[1] ?? "";
    (type.startsWith("siem.") ? own : events).push(number);
    if (type === "siem.events_dropped") losses.set(number, Number(COUNT.exec(line)?.[1]));
  }
  const server = createServer((socket) => {
    let rest = "";
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.setEncoding("latin1").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(note);
    });
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;

  function endAll(reset: boolean): void {
    for (const socket of sockets) {
      if (reset) socket.resetAndDestroy();
      else socket.end();
    }
  }

  return {
    port,
    arrivals: () => ({ events, own, told: [...losses.values()].reduce((sum, count) => sum + count, 0) }),
    flap: async (reset, awayMs) => {
      if (awayMs === 0) {
        endAll(reset);
        return;
      }
      const closed = once(server, "close");
      server.close();
      endAll(reset);
      await closed;
      await wait(awayMs);
      await listen(server, port);
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      endAll(false);
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}
