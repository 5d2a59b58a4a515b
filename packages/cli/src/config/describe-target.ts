import { type ResolvedSiemConfig } from "@clawmetry/siem-exporter";
import { formatAddress } from "../collector/parse-address.ts";

/** Where events go: `tls://siem.example:6514`. */
export function describeTarget({ protocol, host, port }: ResolvedSiemConfig): string {
  return `${protocol === "tcp-tls" ? "tls" : protocol}://${formatAddress({ host, port })}`;
}
