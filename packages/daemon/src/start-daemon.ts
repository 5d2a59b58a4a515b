import { redactEvent } from "@clawmetry/redaction";
import { type AgentEvent } from "@clawmetry/siem-exporter";
import { closeAll } from "./close-all.ts";
import { createErrorReports } from "./create-error-reports.ts";
import { type DaemonOptions, type ResolvedDaemonOptions, resolveDaemonOptions } from "./daemon-options.ts";
import { type DaemonHealth, readHealth } from "./daemon-health.ts";
import { createForwarder, type ForwarderOptions } from "./forward/create-forwarder.ts";
import { createForwardHook, type ForwardHook } from "./forward/forward-hook.ts";
import { createByteBudget } from "./http/create-byte-budget.ts";
import { createRequestListener, type RequestListenerOptions } from "./http/create-request-listener.ts";
import { type HttpServer, startServer } from "./http/start-server.ts";
import { type CompleteEvent } from "./ingest/complete-event.ts";
import { createIngest, type IngestReport } from "./ingest/create-ingest.ts";
import { checkBatch } from "./ingest/parse-batch.ts";
import { openStore, type Store } from "./store/open-store.ts";

/** A running daemon. */
export interface Daemon {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Takes in 1 to 1000 events as a request would: redacted, stamped and stored when it resolves, and forwarded soon after. Rejects with
   * `IngestError`, and then none was taken. `sessionId`: for events that name no session.
   */
  readonly ingest: (events: readonly AgentEvent[], sessionId?: string) => Promise<IngestReport>;
  /** What `GET /health` shows. */
  readonly health: () => DaemonHealth;
  /**
   * Takes nothing more, stores what was taken, sends what it can within `timeoutMs` (default 5000), and frees the store. Gives how many
   * events the exporter could not hand over: they are sent at the next start. Every call gives the first one's promise.
   */
  readonly close: (options?: { readonly timeoutMs?: number }) => Promise<{ readonly left: number }>;
}

const DEFAULT_SETTLE_MS = 5000;
const ERROR_INTERVAL_MS = 60_000;
const BODIES = 8;

/**
 * Starts a daemon: opens the store, forwards what it holds and was never confirmed, and listens. Rejects with `OptionError`, with
 * `StoreError`, or with the error of Node.js when it cannot listen; nothing is left open then.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const resolved = resolveDaemonOptions(options);
  const store = await openStore(resolved.storeFile);
  try {
    return await composeDaemon(resolved, store);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function composeDaemon(options: ResolvedDaemonOptions, store: Store): Promise<Daemon> {
  const { nodeId, log } = options;
  const startedMs = Date.now();
  const errors = createErrorReports({
    take: (event) => ingest.take([event]),
    log,
    intervalMs: ERROR_INTERVAL_MS,
    now: () => performance.now(),
  });
  const hook = createForwardHook(options.exporter);
  const forwarder = hook && createForwarder({ ...timingOf(options, hook), hook, store, onFailure: errors.report });
  const ingest = createIngest({
    store,
    redact: (event) => redactComplete(event, options),
    nodeId,
    maxWaiting: options.maxWaitingEvents,
    now: Date.now,
    onStored: () => {
      forwarder?.wake();
      errors.retry();
    },
    onFailure: errors.report,
  });
  const health = (): DaemonHealth => readHealth({ store, ingest, forwarder, hook, startedMs, nodeId });
  const server = await listen(options, { take: ingest.take, health, onFailure: errors.report }).catch(
    async (error: unknown) => {
      await forwarder?.close(0);
      throw error;
    },
  );
  forwarder?.wake();
  let closing: Promise<{ readonly left: number }> | undefined;
  return {
    url: server.url,
    port: server.port,
    ingest: async (events, sessionId) => ingest.take(checkBatch(events), sessionId),
    health,
    close: ({ timeoutMs = 5000 } = {}) => (closing ??= closeAll({ server, ingest, forwarder, store }, timeoutMs)),
  };
}

function timingOf(
  { settleMs, markIntervalMs }: ResolvedDaemonOptions,
  { replayWindowMs }: ForwardHook,
): Pick<ForwarderOptions, "settleMs" | "markIntervalMs"> {
  return { settleMs: settleMs ?? Math.max(DEFAULT_SETTLE_MS, 2 * replayWindowMs), markIntervalMs };
}

function listen(
  { host, port, token, maxBodyBytes }: ResolvedDaemonOptions,
  parts: Pick<RequestListenerOptions, "take" | "health" | "onFailure">,
): Promise<HttpServer> {
  const budget = createByteBudget(BODIES * maxBodyBytes);
  return startServer({ host, port, listener: createRequestListener({ ...parts, token, maxBodyBytes, budget }) });
}

// What identifies an event is no secret, and the store cannot do without it.
function redactComplete(event: CompleteEvent, { redaction }: ResolvedDaemonOptions): CompleteEvent {
  const { id, node_id, event_type, ts } = event;
  return { ...redactEvent(event, redaction), id, node_id, event_type, ts };
}
