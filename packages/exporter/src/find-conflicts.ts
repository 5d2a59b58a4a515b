import { type ConfigProblem } from "./config-error.ts";
import { protocolFacts } from "./protocol-facts.ts";
import { type SiemSettings, type SiemTlsConfig } from "./siem-config.ts";
import { withDefaults } from "./with-defaults.ts";

// An IPv4 packet of 65 535 bytes less its two headers.
const MAX_DATAGRAM_BYTES = 65_507;

const NEEDS: readonly (readonly [keyof SiemTlsConfig, keyof SiemTlsConfig])[] = [
  ["certFile", "keyFile"],
  ["keyFile", "certFile"],
  ["keyPassphrase", "keyFile"],
];

/**
 * Finds settings of one target that exclude each other, and settings that need another one. `isBad` tells which settings have
 * a value of their own that cannot be used: nothing is said about them. `nameOf` gives the name under which a setting is set,
 * or could be set beside the one that needs it.
 */
export function findConflicts(
  config: SiemSettings,
  isBad: (path: string) => boolean,
  nameOf: (path: string, beside?: string) => string,
): ConfigProblem[] {
  const { protocol, framing, maxMessageBytes, queueBytes, reconnectAfterMs, spoolMaxBytes, tls } = withDefaults(config);
  const problems: ConfigProblem[] = [];
  const report = (path: string, fault: string): void => {
    if (!isBad(path)) problems.push({ setting: nameOf(path), message: `${nameOf(path)} ${fault}` });
  };

  // A collector that was to be reached over TLS must not be reached without it because one variable is missing.
  const { carriage, tls: secure } = protocolFacts(protocol);
  if (!secure && !isBad("protocol")) {
    for (const key of Object.keys(tls)) {
      const beside = nameOf("protocol", `tls.${key}`);
      report(`tls.${key}`, `needs ${beside} to be tcp-tls or relp-tls, and it is ${protocol}`);
    }
  }
  if (carriage === "relp" && framing === "octet-counting" && !isBad("protocol")) {
    const beside = nameOf("protocol", "framing");
    report("framing", `must not be octet-counting with ${beside} ${protocol}: RELP has frames of its own`);
  }
  if (carriage !== "relp" && config.relpWindow !== undefined && !isBad("protocol")) {
    const beside = nameOf("protocol", "relpWindow");
    report("relpWindow", `needs ${beside} to be relp or relp-tls, and it is ${protocol}`);
  }
  if (carriage === "datagram" && !isBad("protocol")) {
    const withUdp = (path: string): string => `with ${nameOf("protocol", path)} udp`;
    if (framing === "octet-counting")
      report("framing", `must not be octet-counting ${withUdp("framing")}: a datagram is its own frame`);
    if (reconnectAfterMs > 0)
      report("reconnectAfterMs", `must be 0 ${withUdp("reconnectAfterMs")}: there is no connection`);
    if (maxMessageBytes > MAX_DATAGRAM_BYTES) {
      report(
        "maxMessageBytes",
        `must be an integer from 480 to ${MAX_DATAGRAM_BYTES} ${withUdp("maxMessageBytes")}, got ${maxMessageBytes}`,
      );
    }
  }
  if (queueBytes < maxMessageBytes && !isBad("maxMessageBytes")) {
    report(
      "queueBytes",
      `must be at least ${nameOf("maxMessageBytes", "queueBytes")}, which is ${maxMessageBytes}, got ${queueBytes}`,
    );
  }
  if (config.spoolDir === undefined) {
    for (const path of ["spoolSync", "spoolMaxBytes"] as const) {
      if (config[path] !== undefined) report(path, `needs ${nameOf("spoolDir", path)}, which is not set`);
    }
  } else if (spoolMaxBytes !== undefined && spoolMaxBytes < maxMessageBytes * 4 && !isBad("maxMessageBytes")) {
    report(
      "spoolMaxBytes",
      `must be at least four times ${nameOf("maxMessageBytes", "spoolMaxBytes")}, got ${spoolMaxBytes}`,
    );
  }
  for (const [key, needed] of NEEDS) {
    if (tls[key] !== undefined && tls[needed] === undefined) {
      report(`tls.${key}`, `needs ${nameOf(`tls.${needed}`, `tls.${key}`)}, which is not set`);
    }
  }
  return problems;
}
