export { encodeCef, formatCef, parseCef } from "@clawmetry/siem-cef";
export type { CefMessage } from "@clawmetry/siem-cef";
export { OptionError, SendError } from "@clawmetry/siem-core";
export type {
  CloseReport,
  DropPolicy,
  DropReason,
  ErrorReport,
  Exporter,
  ExporterState,
  ExporterStats,
  QueueStats,
  SendErrorCode,
  SendOrWaitOptions,
  StateChange,
  StoreStats,
  TargetStats,
} from "@clawmetry/siem-core";
export { describeEvent, signatures } from "@clawmetry/siem-events";
export type { AgentEvent, ContentPolicy, EventDescription, FormatOptions, Signature } from "@clawmetry/siem-events";
export { encodeJson, formatJson } from "@clawmetry/siem-json";
export type { JsonData } from "@clawmetry/siem-json";
export { SpoolError } from "@clawmetry/siem-spool";
export type { SpoolErrorCode } from "@clawmetry/siem-spool";
export { formatRfc3164, formatRfc5424, parseSyslog } from "@clawmetry/siem-syslog";
export type { SyslogMessage } from "@clawmetry/siem-syslog";
export { checkTlsFiles } from "./check-tls-files.ts";
export { closeOnExit } from "./close-on-exit.ts";
export type { CloseOnExitOptions } from "./close-on-exit.ts";
export { ConfigError } from "./config-error.ts";
export type { ConfigProblem } from "./config-error.ts";
export { createSiemExporter } from "./create-siem-exporter.ts";
export type { SiemExporter } from "./create-siem-exporter.ts";
export { closeDefaultExporter, forwardEvent, getDefaultExporter } from "./default-exporter.ts";
export { environmentSettings } from "./environment-settings.ts";
export type { EnvironmentSetting } from "./environment-settings.ts";
export { formatSyslogLine } from "./format-syslog-line.ts";
export type { SyslogLineOptions } from "./format-syslog-line.ts";
export { nameSettings } from "./name-settings.ts";
export type { NameSetting } from "./name-settings.ts";
export { readConfig } from "./read-config.ts";
export { receiverPresets } from "./receiver-presets.ts";
export type { ReceiverName, ReceiverPreset, SendingDefaults } from "./receiver-presets.ts";
export type { ResolvedSiemConfig, ResolvedTarget } from "./resolve-siem-config.ts";
export type { SiemConfig, SiemMode, SiemSettings, SiemTarget, SiemTlsConfig } from "./siem-config.ts";
export type { SettledConfig } from "./with-defaults.ts";
