import { createSiemExporter, type SiemConfig } from "@clawmetry/siem-exporter";
import { type Destination } from "../route.ts";
import { type OpenSender } from "./sender.ts";

/** This repository's exporter, with its defaults. */
export function exporterSender(format: "cef" | "json"): OpenSender {
  return (destination) => {
    const exporter = createSiemExporter({ ...settingsOf(destination), format });
    return {
      send: exporter.send,
      ready: exporter.ready,
      flush: () => exporter.flush({ timeoutMs: 30_000 }),
    };
  };
}

/** The settings of a destination. */
export function settingsOf({ route, host, port, caFile, relpWindow }: Destination): SiemConfig {
  if (relpWindow !== undefined) return { host, port, protocol: "relp", relpWindow };
  if (route === "tls") return { host, port, protocol: "tcp-tls", tls: { caFile } };
  if (route === "tcp-octets") return { host, port, protocol: "tcp", framing: "octet-counting" };
  return { host, port, protocol: route };
}
