import { protocolFacts } from "./protocol-facts.ts";
import { type SiemSettings } from "./siem-config.ts";
import { withDefaults } from "./with-defaults.ts";

/** The name of a destination, in counters, heartbeats and messages: `tls://siem.example:6514`. */
export function nameTarget(target: SiemSettings & { readonly host: string }): string {
  const { protocol, port } = withDefaults(target);
  const { host } = target;
  return `${protocolFacts(protocol).scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
