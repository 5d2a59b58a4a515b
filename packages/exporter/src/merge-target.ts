import { protocolFacts } from "./protocol-facts.ts";
import { type SiemSettings, type SiemTarget } from "./siem-config.ts";

/** The settings of one target, before the defaults. */
export interface TargetSettings extends SiemSettings {
  readonly host: string;
}

/**
 * Adds to a target what it does not set from the settings beside `targets`, `tls` field by field. A protocol of its own ends
 * the inheritance of what it has no use for: `tls` without TLS, `framing` without a stream that needs one, `reconnectAfterMs`
 * without a connection, `relpWindow` without RELP.
 */
export function mergeTarget(shared: SiemSettings, target: SiemTarget): TargetSettings {
  const { tls: sharedTls, framing, reconnectAfterMs, relpWindow, ...others } = shared;
  const own = target.protocol === undefined ? undefined : protocolFacts(target.protocol);
  const inherited = pickSet({
    framing: own === undefined || own.carriage === "stream" ? framing : undefined,
    reconnectAfterMs: own?.carriage === "datagram" ? undefined : reconnectAfterMs,
    relpWindow: own === undefined || own.carriage === "relp" ? relpWindow : undefined,
  });
  const merged = { ...others, ...inherited, ...target };
  const tls = { ...(own === undefined || own.tls ? sharedTls : {}), ...target.tls };
  return Object.keys(tls).length === 0 ? merged : { ...merged, tls };
}

function pickSet<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
