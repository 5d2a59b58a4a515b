import { type Forwarder } from "./forward/create-forwarder.ts";
import { type HttpServer } from "./http/start-server.ts";
import { type Ingest } from "./ingest/create-ingest.ts";
import { type Store } from "./store/open-store.ts";

/** The parts of a daemon that have an end. */
export interface ClosingParts {
  readonly server: Pick<HttpServer, "close">;
  readonly ingest: Pick<Ingest, "close">;
  /** Undefined when export is off. */
  readonly forwarder: Pick<Forwarder, "close" | "caughtUp"> | undefined;
  readonly store: Pick<Store, "close">;
}

/**
 * Ends the parts in the order in which events go through them, so that what was taken is stored, and what was stored is sent where the
 * time suffices: the requests under way may take half of it, the exporter the rest. Rejects when the mark could not be written; the
 * store is closed all the same.
 */
export async function closeAll(parts: ClosingParts, timeoutMs: number): Promise<{ readonly left: number }> {
  const { server, ingest, forwarder, store } = parts;
  const endMs = performance.now() + timeoutMs;
  const restMs = (): number => Math.max(0, endMs - performance.now());
  try {
    await server.close(timeoutMs / 2);
    await ingest.close();
    if (forwarder === undefined) return { left: 0 };
    // With the collector away, the exporter's queue stays full: what it has no room for stays in the store.
    await within(forwarder.caughtUp(), restMs() / 2);
    return { left: await forwarder.close(restMs()) };
  } finally {
    store.close();
  }
}

async function within(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
