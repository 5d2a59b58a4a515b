import { describeGolden, sampleEvents } from "@clawmetry/siem-testkit";
import { formatRfc3164 } from "./format-rfc3164.ts";
import { formatRfc5424 } from "./format-rfc5424.ts";
import { frame } from "./framing.ts";
import { type SyslogMessage } from "./syslog-message.ts";

const packageUrl = new URL("../", import.meta.url);

function messages(): readonly SyslogMessage[] {
  return sampleEvents().map((event, index) => ({
    facility: index % 24,
    severity: index % 8,
    timeMs: index === 0 ? null : 1795403100000 + index * 86_399_999,
    hostname: `gw ${index}`,
    appName: "clawmetry",
    procId: String(index),
    msgId: String(event["event_type"]),
    structuredData: index % 5 === 0 ? [["origin", [["software", JSON.stringify(event["data"])]]]] : [],
    message: JSON.stringify(event),
  }));
}

await describeGolden(packageUrl, "rfc5424.log", () => messages().map(formatRfc5424));
await describeGolden(packageUrl, "rfc3164.log", () => messages().map(formatRfc3164));
await describeGolden(packageUrl, "octet-counting.log", () =>
  messages().map((message) => new TextDecoder().decode(frame(formatRfc5424(message), "octet-counting"))),
);
