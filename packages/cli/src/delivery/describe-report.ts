import { type ExporterStats, type TargetStats } from "@clawmetry/siem-exporter";
import { type NamedConfig } from "../config/read-siem-config.ts";
import { describeError } from "./describe-failure.ts";
import { type DeliveryReport } from "./start-delivery.ts";

/** One line of counters: `sent=3 dropped=1 (too_large=1) left=0 errors=0`. */
export function describeReport({ stats, left }: DeliveryReport): string {
  return `sent=${stats.sent} ${describeLosses(stats.dropped, left)} errors=${stats.errors}`;
}

/**
 * One line for each target, when there are several: `tcp://a:514: sent=3 dropped=0 left=0 errors=0`, and the last thing that
 * went wrong there. Targets of a failover share what was dropped and left.
 */
export function describeTargets({ stats: { targets } }: DeliveryReport, named: NamedConfig): readonly string[] {
  if (targets.length < 2) return [];
  return targets.map((target, index) => {
    const { queue } = target;
    const losses = queue === undefined ? "" : ` ${describeLosses(queue.dropped)}`;
    const error = describeError(target, named, index);
    const ending = error === undefined ? "" : `; ${error}`;
    return `${target.target}: sent=${target.sent}${losses} errors=${target.errors}${ending}`;
  });
}

/**
 * Whether every event that was given to the delivery was handed over, to every target that it was meant for, as far as anybody
 * knows: a datagram that was refused had been handed over, and is lost.
 */
export function isComplete({ stats, gaveUp }: DeliveryReport): boolean {
  const refused = stats.targets.some((target) => isDatagram(target) && target.lastError?.code === "refused");
  return !gaveUp && !refused && Object.values(stats.dropped).every((count) => count === 0);
}

function describeLosses({ shutdown, ...reasons }: ExporterStats["dropped"], left = 0): string {
  const dropped = Object.entries(reasons).filter(([, count]) => count > 0);
  const total = dropped.reduce((sum, [, count]) => sum + count, 0);
  const detail = total === 0 ? "" : ` (${dropped.map(([reason, count]) => `${reason}=${count}`).join(" ")})`;
  return `dropped=${total}${detail} left=${Math.max(left, shutdown)}`; // at shutdown: those are the ones left
}

function isDatagram({ target }: TargetStats): boolean {
  return target.startsWith("udp:");
}
