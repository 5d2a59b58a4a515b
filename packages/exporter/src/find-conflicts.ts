import { type ConfigProblem } from "./config-error.ts";
import { type SiemConfig, type SiemTlsConfig } from "./siem-config.ts";
import { withDefaults } from "./with-defaults.ts";

// An IPv4 packet of 65 535 bytes less its two headers.
const MAX_DATAGRAM_BYTES = 65_507;

const NEEDS: readonly (readonly [keyof SiemTlsConfig, keyof SiemTlsConfig])[] = [
  ["certFile", "keyFile"],
  ["keyFile", "certFile"],
  ["keyPassphrase", "keyFile"],
];

/**
 * Finds settings that exclude each other, and settings that need another one. `isBad` tells which settings have a value of
 * their own that cannot be used: nothing is said about them. `nameOf` gives the name under which a setting is or could be set.
 */
export function findConflicts(
  config: Partial<SiemConfig>,
  isBad: (path: string) => boolean,
  nameOf: (path: string) => string,
): ConfigProblem[] {
  const { protocol, framing, maxMessageBytes, queueBytes, tls } = withDefaults(config);
  const problems: ConfigProblem[] = [];
  const report = (path: string, fault: string): void => {
    if (!isBad(path)) problems.push({ setting: nameOf(path), message: `${nameOf(path)} ${fault}` });
  };

  // A collector that was to be reached over TLS must not be reached without it because one variable is missing.
  if (protocol !== "tcp-tls" && !isBad("protocol")) {
    for (const key of Object.keys(tls)) {
      report(`tls.${key}`, `needs ${nameOf("protocol")} to be tcp-tls, and it is ${protocol}`);
    }
  }
  if (protocol === "udp" && !isBad("protocol")) {
    const withUdp = `with ${nameOf("protocol")} udp`;
    if (framing === "octet-counting")
      report("framing", `must not be octet-counting ${withUdp}: a datagram is its own frame`);
    if (maxMessageBytes > MAX_DATAGRAM_BYTES) {
      report(
        "maxMessageBytes",
        `must be an integer from 480 to ${MAX_DATAGRAM_BYTES} ${withUdp}, got ${maxMessageBytes}`,
      );
    }
  }
  if (queueBytes < maxMessageBytes && !isBad("maxMessageBytes")) {
    report(
      "queueBytes",
      `must be at least ${nameOf("maxMessageBytes")}, which is ${maxMessageBytes}, got ${queueBytes}`,
    );
  }
  for (const [key, needed] of NEEDS) {
    if (tls[key] !== undefined && tls[needed] === undefined) {
      report(`tls.${key}`, `needs ${nameOf(`tls.${needed}`)}, which is not set`);
    }
  }
  return problems;
}
