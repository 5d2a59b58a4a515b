import {
  createExporter,
  type Effects,
  type Exporter,
  memoryQueue,
  systemEffects,
  type Transport,
} from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";
import { createChainHeads } from "./chain-heads.ts";
import { createOwnEvents } from "./own-events.ts";
import { type ResolvedSiemConfig, resolveSiemConfig } from "./resolve-siem-config.ts";
import { type SiemConfig } from "./siem-config.ts";
import { siemFormatter } from "./siem-formatter.ts";
import { siemTransport } from "./siem-transport.ts";

/** A running exporter of agent events to one collector. */
export type SiemExporter = Exporter<AgentEvent>;

// What a collector that went away had been handed shortly before may not have been read. A datagram has no connection.
const REPLAY_WINDOW_MS = 2000;

/**
 * Builds the exporter of a configuration, of which `host` is all it needs. Connects when there is something to send, and
 * keeps no process alive. Throws `ConfigError` for settings that cannot work; nothing throws later. Reads the TLS files at
 * every connect only: `checkTlsFiles` tells before whether they can be used.
 */
export function createSiemExporter(config: SiemConfig): SiemExporter {
  const resolved = resolveSiemConfig(config);
  return composeExporter(resolved, siemTransport(resolved));
}

/** Wires formatter, queue and transport into an exporter: every choice is made here and nowhere else. */
export function composeExporter(
  config: ResolvedSiemConfig,
  transport: Transport,
  effects: Effects = systemEffects,
): SiemExporter {
  const limits = { maxEvents: config.queueEvents, maxBytes: config.queueBytes, dropPolicy: config.dropPolicy };
  const chainHeads = createChainHeads();
  const format = siemFormatter(config, (event) => ownEvents.isOwn(event));
  const ownEvents = createOwnEvents({
    chainHeads,
    effects,
    // A number and a boot id as long as the real ones will be.
    fits: (event) =>
      format(event, { nowMs: effects.now(), sequence: { boot: "00000000", number: exporter.stats.lastSeq + 1 } }) !==
      "too_large",
  });
  const exporter = createExporter<AgentEvent>({
    format,
    transport,
    queue: memoryQueue(limits),
    limits,
    ownEvent: ownEvents.make,
    target: targetOf(config),
    heartbeatMs: config.heartbeatSeconds * 1000,
    replayWindowMs: config.protocol === "udp" ? 0 : REPLAY_WINDOW_MS,
    effects,
  });
  return {
    ready: exporter.ready,
    flush: exporter.flush,
    close: exporter.close,
    onStateChange: exporter.onStateChange,
    send: (event) => {
      const accepted = exporter.send(event);
      if (accepted) chainHeads.note(event);
      return accepted;
    },
    get stats() {
      return exporter.stats;
    },
  };
}

function targetOf({ protocol, host, port }: ResolvedSiemConfig): string {
  return `${protocol === "tcp-tls" ? "tls" : protocol}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
