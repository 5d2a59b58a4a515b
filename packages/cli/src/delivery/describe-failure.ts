import { type ErrorReport, type TargetStats } from "@clawmetry/siem-exporter";
import { describeTarget } from "../config/describe-target.ts";
import { type NamedConfig } from "../config/read-siem-config.ts";
import { type DeliveryReport } from "./start-delivery.ts";

const EVERY_TLS_SETTING = /\btls\.[a-z][A-Za-z0-9]+/g;

/**
 * Why a delivery was given up after `giveUpMs` without progress, or else the last thing that went wrong on its way. Undefined
 * when nothing did, or when `describeTargets` tells it. Names settings as they were given.
 */
export function describeFailure(report: DeliveryReport, named: NamedConfig, giveUpMs: number): string | undefined {
  const { stats, gaveUp } = report;
  const [only, ...others] = stats.targets;
  if (only === undefined || others.length > 0)
    return gaveUp ? gaveUpOn(whereItStuck(report, named), giveUpMs) : undefined;
  const { lastError } = stats;
  const reason = describeError({ ...only, ...(lastError !== undefined && { lastError }) }, named, 0);
  if (!gaveUp) return reason;
  const silence = stats.sent === 0 ? "no answer yet" : "it takes no more";
  return `${gaveUpOn(describeTarget(named.config), giveUpMs)}; ${reason ?? silence + hintFor(only, named, 0)}`;
}

function gaveUpOn(where: string, giveUpMs: number): string {
  return `gave up: nothing was sent to ${where} for ${giveUpMs / 1000} s`;
}

function whereItStuck({ stats: { targets } }: DeliveryReport, { config }: NamedConfig): string {
  const stuck = targets.filter(({ queue }) => queue !== undefined && queue.dropped.shutdown > 0);
  return stuck.length === 0 ? describeTarget(config) : stuck.map(({ target }) => target).join(", ");
}

/** What went wrong last on the way to a target, the target at `index` of the configuration. Undefined when nothing did. */
export function describeError(stats: TargetStats, named: NamedConfig, index: number): string | undefined {
  const { lastError } = stats;
  if (lastError === undefined) return undefined;
  return `last error (${lastError.code}): ${renameSettings(lastError, named, index)}${hintFor(stats, named, index)}`;
}

function renameSettings({ message }: ErrorReport, { config, nameOf }: NamedConfig, index: number): string {
  return message.replace(EVERY_TLS_SETTING, (path) => nameOf(placeOf(path, config.targets.length, index)));
}

// Two mistakes look like a broken network: TLS to a port that does not speak it, and none to one that does. The first one is
// told with the failure, once there is one.
function hintFor(stats: TargetStats, { config, nameOf }: NamedConfig, index: number): string {
  const protocol = config.targets[index]?.protocol;
  if (stats.sent > 0) return "";
  if (protocol === "tcp-tls") return stats.lastError === undefined ? "; the port may not speak TLS" : "";
  const cut = protocol === "tcp" && stats.lastError?.code === "io";
  const setting = placeOf("protocol", config.targets.length, index);
  return cut ? `; the port may want TLS (${nameOf(setting)} tcp-tls)` : "";
}

function placeOf(path: string, count: number, index: number): string {
  return count === 1 ? path : `targets[${index}].${path}`;
}
