import { type ResolvedSiemConfig, type ResolvedTarget } from "@clawmetry/siem-exporter";
import { formatAddress } from "../collector/parse-address.ts";

const MOST_NAMED = 3;

/**
 * Where events go: `tls://siem.example:6514`, `tcp://a:514 or tcp://b:514` for a failover, `tcp://a:514 and tcp://b:514` for all
 * of them. Of more than three, the first three.
 */
export function describeTarget({ mode, targets }: ResolvedSiemConfig): string {
  const names = targets.slice(0, MOST_NAMED).map(nameOf);
  const more = targets.length - names.length;
  if (more > 0) names.push(`${more} more`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} ${mode === "all" ? "and" : "or"} ${last}`;
}

function nameOf({ protocol, host, port }: ResolvedTarget): string {
  return `${protocol === "tcp-tls" ? "tls" : protocol}://${formatAddress({ host, port })}`;
}
