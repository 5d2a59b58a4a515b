import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sampleEvents } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { createSiemExporter, type SiemExporter } from "../create-siem-exporter.ts";

const EVENTS_PER_TURN = 1000;
const SESSIONS = 50;
const QUEUE_BYTES = 33_554_432; // the default

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A collector that takes a connection and reads nothing. */
async function startStalled(): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await once(server.close(), "close");
  });
  return (server.address() as AddressInfo).port;
}

/** Sends in slices, each in a turn of its own. */
async function offer(exporter: SiemExporter, events: number): Promise<void> {
  const samples = sampleEvents();
  for (let number = 0; number < events; ) {
    for (const end = number + EVENTS_PER_TURN; number < end; number++) {
      const sample = samples[number % samples.length];
      exporter.send({ ...sample, id: `event ${String(number)}`, session_id: `session ${String(number % SESSIONS)}` });
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

test.each([
  ["cef", 10_000, 200_000],
  ["cef", 10_000_000, 1_000_000],
  ["json", 10_000_000, 200_000],
] as const)(
  "a stalled collector, %s, a queue of %d events, and %d events offered: memory stays bounded",
  async (format, queueEvents, events) => {
    const port = await startStalled();
    const before = memoryInUse();
    const config = { host: "127.0.0.1", port, protocol: "tcp", format, queueEvents, queueBytes: QUEUE_BYTES } as const;
    const exporter = createSiemExporter(config);
    await offer(exporter, events);
    const grown = memoryInUse() - before;
    const { queuedEvents, queuedBytes } = exporter.stats;
    expect(queuedBytes).toBeLessThanOrEqual(QUEUE_BYTES);
    expect(queuedEvents === queueEvents || queuedBytes > 0.99 * QUEUE_BYTES).toBe(true);
    expect(grown).toBeLessThan(2.5 * QUEUE_BYTES);
    const { sent, left } = await exporter.close({ timeoutMs: 100 });
    const { accepted, dropped } = exporter.stats;
    expect(sent + left + dropped.evicted).toBe(accepted);
    expect(accepted + dropped.queue_full).toBe(events);
    expect(memoryInUse() - before).toBeLessThan(0.5 * QUEUE_BYTES);
  },
);
