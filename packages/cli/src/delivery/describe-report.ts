import { type SiemConfig } from "@clawmetry/siem-exporter";
import { type DeliveryReport } from "./start-delivery.ts";

/** One line of counters: `sent=3 dropped=1 (too_large=1) left=0 errors=0`. */
export function describeReport({ stats, left }: DeliveryReport): string {
  const { shutdown, ...reasons } = stats.dropped; // those are the ones left
  const dropped = Object.entries(reasons).filter(([, count]) => count > 0);
  const total = dropped.reduce((sum, [, count]) => sum + count, 0);
  const detail = total === 0 ? "" : ` (${dropped.map(([reason, count]) => `${reason}=${count}`).join(" ")})`;
  return `sent=${stats.sent} dropped=${total}${detail} left=${Math.max(left, shutdown)} errors=${stats.errors}`;
}

/**
 * Whether every event that was given to the delivery was handed over, as far as anybody knows: a datagram that was refused had
 * been handed over, and is lost.
 */
export function isComplete({ stats, gaveUp }: DeliveryReport, { protocol }: SiemConfig): boolean {
  const refused = protocol === "udp" && stats.lastError?.code === "refused";
  return !gaveUp && !refused && Object.values(stats.dropped).every((count) => count === 0);
}
