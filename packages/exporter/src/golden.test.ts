import { describeGolden, sampleEvents } from "@clawmetry/siem-testkit";
import { formatSyslogLine } from "./format-syslog-line.ts";

const packageUrl = new URL("../", import.meta.url);
const common = { nowMs: 1795403100000, hostname: "gw01", procId: "4711", sequence: { boot: "00c0ffee", number: 7 } };

await describeGolden(packageUrl, "cef.log", () => sampleEvents().map((event) => formatSyslogLine(event, common)));
await describeGolden(packageUrl, "json.log", () =>
  sampleEvents().map((event) => formatSyslogLine(event, { ...common, format: "json" })),
);
await describeGolden(packageUrl, "rfc3164.log", () =>
  sampleEvents().map((event) => formatSyslogLine(event, { ...common, syslog: "rfc3164" })),
);
