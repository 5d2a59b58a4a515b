import { type SiemSettings, type SiemTarget } from "./siem-config.ts";

/** The settings of one target, before the defaults. */
export interface TargetSettings extends SiemSettings {
  readonly host: string;
}

/**
 * Adds to a target what it does not set from the settings beside `targets`, `tls` field by field. A protocol of its own ends
 * the inheritance of what it has no use for: `tls` without TLS, `framing` and `reconnectAfterMs` without a stream.
 */
export function mergeTarget(shared: SiemSettings, target: SiemTarget): TargetSettings {
  const { tls: sharedTls, framing, reconnectAfterMs, ...others } = shared;
  const own = target.protocol;
  const merged = { ...(own === "udp" ? others : { ...others, ...pickSet({ framing, reconnectAfterMs }) }), ...target };
  const tls = { ...(own === undefined || own === "tcp-tls" ? sharedTls : {}), ...target.tls };
  return Object.keys(tls).length === 0 ? merged : { ...merged, tls };
}

function pickSet<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
