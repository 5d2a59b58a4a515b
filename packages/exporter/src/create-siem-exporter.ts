import {
  createExporter,
  type Effects,
  type Exporter,
  type ExporterOptions,
  exportToAll,
  type QueueLimits,
  systemEffects,
  type Transport,
} from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";
import { openSpool, type Spool } from "@clawmetry/siem-spool";
import { createChainHeads } from "./chain-heads.ts";
import { createOwnEvents } from "./own-events.ts";
import { nameTarget } from "./name-target.ts";
import { type ResolvedSiemConfig, type ResolvedTarget, resolveSiemConfig } from "./resolve-siem-config.ts";
import { type SiemConfig } from "./siem-config.ts";
import { siemFormatter } from "./siem-formatter.ts";
import { siemTransport } from "./siem-transport.ts";
import { spoolFolderOf } from "./spool-folder-of.ts";

/** A running exporter of agent events to one collector or several. */
export type SiemExporter = Exporter<AgentEvent>;

/** Makes the transport of a target. */
export type OpenTransport = (target: ResolvedTarget) => Transport;

/**
 * Builds the exporter of a configuration, of which `host` or `targets` is all it needs. Connects when there is something to
 * send, and keeps no process alive. Throws `ConfigError` for settings that cannot work, and with `spoolDir` `SpoolError` when another
 * process uses the folder or it cannot be a spool; nothing throws later. Reads the TLS
 * files at every connect only: `checkTlsFiles` tells before whether they can be used.
 *
 * In mode `failover`, all targets share a queue and events go to one at a time. In mode `all`, each target has an exporter of
 * its own, with its own queue, numbers and reports, and its spool in a folder of its own in `spoolDir`.
 */
export function createSiemExporter(config: SiemConfig): SiemExporter {
  return composeExporter(resolveSiemConfig(config), siemTransport);
}

/** Wires formatters, queues and transports into an exporter: every choice is made here and nowhere else. */
export function composeExporter(
  config: ResolvedSiemConfig,
  open: OpenTransport,
  effects: Effects = systemEffects,
): SiemExporter {
  const { mode, targets } = config;
  if (mode === "failover" || targets.length === 1) return composeOne(config, open, effects);
  return exportToAll(composeEach(config, open, effects));
}

function composeEach(
  { mode, targets }: ResolvedSiemConfig,
  open: OpenTransport,
  effects: Effects,
): readonly SiemExporter[] {
  const exporters: SiemExporter[] = [];
  try {
    for (const target of targets) {
      const spoolDir = target.spoolDir && spoolFolderOf(target.spoolDir, nameTarget(target));
      exporters.push(composeOne({ ...target, spoolDir, mode, targets: [target] }, open, effects));
    }
    return exporters;
  } catch (error) {
    for (const exporter of exporters) void exporter.close({ timeoutMs: 0 }); // their folders are free again
    throw error;
  }
}

// One queue, for a target and those that stand in for it.
function composeOne(config: ResolvedSiemConfig, open: OpenTransport, effects: Effects): SiemExporter {
  const spool = spoolOf(config, effects);
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
    ...deliveryOf(config),
    ...routesOf(config, open),
    ...(spool !== undefined && { queue: spool }),
    format,
    ownEvent: ownEvents.make,
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
    sendOrWait: async (event, options) => {
      const { accepted } = exporter.stats;
      const sending = exporter.sendOrWait(event, options);
      // Taken in, or not, by now: what is waited for may fail, and others be sent meanwhile.
      if (exporter.stats.accepted > accepted) chainHeads.note(event);
      await sending;
    },
    get stats() {
      return exporter.stats;
    },
  };
}

function spoolOf(config: ResolvedSiemConfig, effects: Effects): Spool | undefined {
  const { spoolDir: folder, spoolSync: sync, spoolMaxBytes: maxBytes } = config;
  if (folder === undefined) return undefined;
  return openSpool({
    folder,
    limits: limitsOf(config),
    effects,
    ...(sync !== undefined && { sync }),
    ...(maxBytes !== undefined && { maxBytes }),
  });
}

function limitsOf(config: ResolvedSiemConfig): Required<QueueLimits> {
  const { queueEvents: maxEvents, queueBytes: maxBytes, dropPolicy, sessionShare } = config;
  return { maxEvents, maxBytes, dropPolicy, sessionShare };
}

function deliveryOf(
  config: ResolvedSiemConfig,
): Pick<ExporterOptions<AgentEvent>, "limits" | "lifecycle" | "heartbeatMs" | "replayWindowMs"> {
  return {
    limits: limitsOf(config),
    lifecycle: config.lifecycleEvents === "on",
    heartbeatMs: config.heartbeatSeconds * 1000,
    replayWindowMs: config.replayWindowMs,
  };
}

function routesOf(
  { targets }: ResolvedSiemConfig,
  open: OpenTransport,
): Pick<ExporterOptions<AgentEvent>, "transport" | "target" | "fallbacks"> {
  const [first, ...fallbacks] = targets.map((target) => ({ transport: open(target), target: nameTarget(target) }));
  if (first === undefined) throw new Error("a resolved configuration has a target");
  return { ...first, fallbacks };
}
