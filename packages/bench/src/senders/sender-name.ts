/** What can be measured. */
export type SenderName =
  | "exporter, CEF"
  | "exporter, JSON"
  | "prebuilt"
  | "winston"
  | "syslog-client"
  | "pino"
  | "logtape";
