import { environmentSettings } from "@clawmetry/siem-exporter";
import { type Command, InvalidArgumentError, Option } from "commander";

/** A flag that sets what an environment variable sets. */
export interface ConfigFlag {
  /** Such as `--queue-bytes`. */
  readonly flag: string;
  readonly variable: string;
  /** Stands for the value in the help. */
  readonly value: string;
  readonly description: string;
}

// By the path of the setting: what stands for the value in the help, and what it means. Not among them: the passphrase of the
// key, because every user of the machine can read the arguments of a process.
const HELP: ReadonlyMap<string, readonly [value: string, description: string]> = new Map([
  ["host", ["name", "collector's host name or IP address; several: a,b"]],
  ["port", ["number", "collector's port (default 514, tcp-tls 6514, relp 2514)"]],
  ["protocol", ["name", "udp, tcp, tcp-tls, relp or relp-tls (default udp)"]],
  ["format", ["name", "cef or json (default cef)"]],
  ["facility", ["name", "syslog facility, 0-23 or a name such as local0 (default 16)"]],
  ["appName", ["text", "APP-NAME of RFC 5424 (default clawmetry)"]],
  ["syslog", ["name", "header: rfc5424, rfc3164 or none (default rfc5424)"]],
  ["framing", ["name", "on TCP and TLS: newline or octet-counting (default newline)"]],
  ["receiver", ["name", "preset for a receiver: splunk, sc4s, rsyslog, ... (default none)"]],
  ["cefNewlines", ["name", "line break in CEF: escape or space (default escape)"]],
  ["cefEquals", ["name", "equals sign in CEF: escape or fullwidth (default escape)"]],
  ["hostname", ["name", "name of this host (default: the system's)"]],
  ["content", ["name", "none, tools or all (default tools, for json all)"]],
  ["jsonData", ["name", "how data follows in JSON: object, string or omit (default object)"]],
  ["tenant", ["text", "label on every event"]],
  ["environment", ["text", "label on every event"]],
  ["lifecycleEvents", ["name", "events 9004 and 9005 at start and end: off or on (default off)"]],
  ["heartbeatSeconds", ["number", "time between two heartbeats, 0: none (default 300)"]],
  ["maxMessageBytes", ["number", "bytes of a message at most (default 8000, over UDP 1400)"]],
  ["queueEvents", ["number", "events waiting at most (default 10000)"]],
  ["queueBytes", ["number", "bytes waiting at most (default 33554432)"]],
  ["dropPolicy", ["name", "full queue: least-severe, newest or oldest (default least-severe)"]],
  ["sessionShare", ["number", "share of a full queue for one session, to 1 (default 0.5)"]],
  ["replayWindowMs", ["number", "sent so shortly before a break: sent again (default 2000; udp, relp 0)"]],
  ["reconnectAfterMs", ["number", "age at which a connection is made anew (default 0: never)"]],
  ["relpWindow", ["number", "messages that may wait for RELP to acknowledge them (default 128)"]],
  ["spoolDir", ["folder", "keep what waits there, so that it survives the end of the process"]],
  ["spoolSync", ["name", "when it is synced to disk: always, interval or never (default interval)"]],
  ["spoolMaxBytes", ["number", "bytes on disk at most (default 1073741824)"]],
  ["mode", ["name", "several collectors: failover or all (default failover)"]],
  ["tls.caFile", ["file", "PEM with the authorities that may vouch for the collector, or a folder"]],
  ["tls.certFile", ["file", "PEM with our certificate"]],
  ["tls.keyFile", ["file", "PEM with its private key"]],
  ["tls.servername", ["name", "name that the collector's certificate must hold (default: host)"]],
  ["tls.fingerprint256", ["hex", "SHA-256 of the collector's certificate; several: a,b"]],
  ["tls.minVersion", ["name", "TLSv1.2 or TLSv1.3 (default TLSv1.2)"]],
]);

const ENVIRONMENT_HELP = `
Every setting is an environment variable too: --queue-bytes is CLAWMETRY_SIEM_QUEUE_BYTES, and
--app-name is CLAWMETRY_SIEM_APPNAME. The passphrase of the key comes from there or from --config only.`;

/** Every flag of the configuration, in the order of the documentation. */
export const configFlags: readonly ConfigFlag[] = environmentSettings.flatMap(({ path, variable }) => {
  const [value, description] = HELP.get(path) ?? [];
  return value === undefined || description === undefined ? [] : [{ flag: flagOf(path), variable, value, description }];
});

/** Adds every flag of the configuration, and `--config`, to a command. */
export function addConfigFlags(command: Command): void {
  command.option("--config <file>", "JSON file with the section siem; flags and environment win over it");
  for (const { flag, value, description } of configFlags) {
    command.addOption(new Option(`${flag} <${value}>`, description).argParser(requireText));
  }
  command.addHelpText("after", ENVIRONMENT_HELP);
}

/** The values of the flags that were given, by environment variable. `options` are those of the parsed command. */
export function readFlagVariables(options: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const { flag, variable } of configFlags) {
    const value = options[new Option(flag).attributeName()];
    if (typeof value === "string") given.set(variable, value);
  }
  return given;
}

// An empty variable counts as unset: an empty flag would switch off what the environment says, and nobody would be told.
function requireText(value: string): string {
  if (value === "") throw new InvalidArgumentError("It must not be empty.");
  return value;
}

function flagOf(path: string): string {
  return `--${path.replace(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
