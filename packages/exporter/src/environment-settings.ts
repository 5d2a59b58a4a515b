import { inKnownCase } from "./setting-choices.ts";

/** One setting and the variable that sets it. */
export interface EnvironmentSetting {
  readonly variable: string;
  /** The field, such as `port` or `tls.caFile`. */
  readonly path: string;
  /** Whether the text is read as a number. Default false. */
  readonly numeric?: true;
  /** Whether a number may have decimal places. Default false. */
  readonly fraction?: true;
  /** Whether spaces around the text belong to it. Default false. */
  readonly verbatim?: true;
}

/** Every setting that has a variable, all but `targets`, in the order of the documentation. */
export const environmentSettings: readonly EnvironmentSetting[] = [
  { variable: "CLAWMETRY_SIEM_HOST", path: "host" },
  { variable: "CLAWMETRY_SIEM_PORT", path: "port", numeric: true },
  { variable: "CLAWMETRY_SIEM_PROTOCOL", path: "protocol" },
  { variable: "CLAWMETRY_SIEM_FORMAT", path: "format" },
  { variable: "CLAWMETRY_SIEM_FACILITY", path: "facility" },
  { variable: "CLAWMETRY_SIEM_APPNAME", path: "appName" },
  { variable: "CLAWMETRY_SIEM_SYSLOG", path: "syslog" },
  { variable: "CLAWMETRY_SIEM_FRAMING", path: "framing" },
  { variable: "CLAWMETRY_SIEM_RECEIVER", path: "receiver" },
  { variable: "CLAWMETRY_SIEM_CEF_NEWLINES", path: "cefNewlines" },
  { variable: "CLAWMETRY_SIEM_CEF_EQUALS", path: "cefEquals" },
  { variable: "CLAWMETRY_SIEM_HOSTNAME", path: "hostname" },
  { variable: "CLAWMETRY_SIEM_CONTENT", path: "content" },
  { variable: "CLAWMETRY_SIEM_JSON_DATA", path: "jsonData" },
  { variable: "CLAWMETRY_SIEM_TENANT", path: "tenant" },
  { variable: "CLAWMETRY_SIEM_ENVIRONMENT", path: "environment" },
  { variable: "CLAWMETRY_SIEM_LIFECYCLE_EVENTS", path: "lifecycleEvents" },
  { variable: "CLAWMETRY_SIEM_HEARTBEAT_SECONDS", path: "heartbeatSeconds", numeric: true },
  { variable: "CLAWMETRY_SIEM_MAX_MESSAGE_BYTES", path: "maxMessageBytes", numeric: true },
  { variable: "CLAWMETRY_SIEM_QUEUE_EVENTS", path: "queueEvents", numeric: true },
  { variable: "CLAWMETRY_SIEM_QUEUE_BYTES", path: "queueBytes", numeric: true },
  { variable: "CLAWMETRY_SIEM_DROP_POLICY", path: "dropPolicy" },
  { variable: "CLAWMETRY_SIEM_SESSION_SHARE", path: "sessionShare", numeric: true, fraction: true },
  { variable: "CLAWMETRY_SIEM_REPLAY_WINDOW_MS", path: "replayWindowMs", numeric: true },
  { variable: "CLAWMETRY_SIEM_RECONNECT_AFTER_MS", path: "reconnectAfterMs", numeric: true },
  { variable: "CLAWMETRY_SIEM_RELP_WINDOW", path: "relpWindow", numeric: true },
  { variable: "CLAWMETRY_SIEM_SPOOL_DIR", path: "spoolDir" },
  { variable: "CLAWMETRY_SIEM_SPOOL_SYNC", path: "spoolSync" },
  { variable: "CLAWMETRY_SIEM_SPOOL_MAX_BYTES", path: "spoolMaxBytes", numeric: true },
  { variable: "CLAWMETRY_SIEM_MODE", path: "mode" },
  { variable: "CLAWMETRY_SIEM_TLS_CA_FILE", path: "tls.caFile" },
  { variable: "CLAWMETRY_SIEM_TLS_CERT_FILE", path: "tls.certFile" },
  { variable: "CLAWMETRY_SIEM_TLS_KEY_FILE", path: "tls.keyFile" },
  { variable: "CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE", path: "tls.keyPassphrase", verbatim: true },
  { variable: "CLAWMETRY_SIEM_TLS_SERVERNAME", path: "tls.servername" },
  { variable: "CLAWMETRY_SIEM_TLS_FINGERPRINT256", path: "tls.fingerprint256" },
  { variable: "CLAWMETRY_SIEM_TLS_MIN_VERSION", path: "tls.minVersion" },
];

/** The path of every setting that has a variable. */
export const settingPaths: readonly string[] = environmentSettings.map(({ path }) => path);

/** The variable of a setting. */
export function variableOf(path: string): string | undefined {
  return environmentSettings.find((setting) => setting.path === path)?.variable;
}

/**
 * The value of a setting in the environment: a number where it is one, else text, with the names of choices as they are written
 * elsewhere: people shout in the environment. Undefined when unset or empty.
 */
export function readVariable(env: NodeJS.ProcessEnv, setting: EnvironmentSetting): string | number | undefined {
  const text = setting.verbatim ? env[setting.variable] : env[setting.variable]?.trim();
  if (text === undefined || text === "") return undefined;
  return setting.numeric && formOf(setting).test(text) ? Number(text) : inKnownCase(setting.path, text);
}

// Decimal digits only: `Number` would take "0x10", "1e3" and "1.0" too. What is left as text is told as it was given.
function formOf({ fraction }: EnvironmentSetting): RegExp {
  return fraction ? /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/ : /^(?:0|[1-9][0-9]{0,14})$/;
}
