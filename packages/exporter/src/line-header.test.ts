import { describeEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { createHeaderWriter, formatHeader } from "./line-header.ts";
import { lineSettings } from "./line-settings.ts";

const ts = "2026-11-23T03:04:05.678Z";
const config = lineSettings({ facility: 1 });
const options = { config, hostname: "gw01", procId: "42" };

test("a header has everything before the message", () => {
  expect(formatHeader(describeEvent({ event_type: "tool.call", ts }), options)).toBe(
    "<14>1 2026-11-23T03:04:05.678Z gw01 clawmetry 42 tool.call - ",
  );
});

test.each(["rfc5424", "rfc3164", "none"] as const)(
  "a writer gives every %s header as it is written alone",
  (syslog) => {
    const each = { ...options, config: { ...config, syslog } };
    const write = createHeaderWriter(each);
    for (const event_type of ["tool.call", "tool.failed", "tool.result", "x", "tool.call"]) {
      for (const time of [ts, "1970-01-01T00:00:00.000Z", "rubbish"]) {
        const description = describeEvent({ event_type, ts: time });
        expect(write(description)).toBe(formatHeader(description, each));
      }
    }
  },
);

test("a host name that looks like a time is not taken for the time", () => {
  const hostname = "1970-01-01T00:00:00.000Z";
  expect(createHeaderWriter({ config, hostname })(describeEvent({ event_type: "tool.call", ts }))).toBe(
    "<14>1 2026-11-23T03:04:05.678Z 1970-01-01T00:00:00.000Z clawmetry - tool.call - ",
  );
});
