import { parseCef } from "@clawmetry/siem-cef";
import { type AgentEvent } from "@clawmetry/siem-events";
import { parseSyslog } from "@clawmetry/siem-syslog";
import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveSiemConfig } from "./resolve-siem-config.ts";
import { siemFormatter } from "./siem-formatter.ts";

const context = { nowMs: Date.UTC(2026, 10, 23), sequence: { boot: "0badcafe", number: 3 } };
const config = { host: "siem.example", hostname: "gateway.test" };

test("a message has the line, the severity and the session", () => {
  const format = siemFormatter(resolveSiemConfig({ ...config, tenant: "acme", facility: 1 }));
  expect(format({ event_type: "daemon.error", session_id: "s1" }, context)).toEqual({
    text:
      `<11>1 2026-11-23T00:00:00.000Z gateway.test clawmetry ${process.pid} daemon.error - ` +
      "CEF:0|ClawMetry|clawmetry|1|9002|Daemon Error|8|cat=daemon.error dvchost=gateway.test " +
      "cs1Label=sessionId cs1=s1 ClawmetryTimeSource=receipt ClawmetrySeq=3 ClawmetryBoot=0badcafe " +
      "ClawmetryTenant=acme ClawmetryChanged=agent_id,agent_type,id,node_id,ts,workspace_id rt=1795392000000",
    severity: 3,
    group: "s1",
  });
});

test("an event without a session has no group, and a long session is cut to 128 characters", () => {
  const format = siemFormatter(resolveSiemConfig(config));
  expect(format({ event_type: "tool.call" }, context)).not.toHaveProperty("group");
  expect(format({ session_id: "x".repeat(1_000_000) }, context)).toMatchObject({ group: "x".repeat(128) });
});

test("only what the exporter calls its own is its own", () => {
  const own = { event_type: "siem.heartbeat", data: { sent: 1 } };
  const format = siemFormatter(resolveSiemConfig({ ...config, syslog: "none" }), (event) => event === own);
  const signature = (event: AgentEvent) => {
    const message = format(event, context);
    return message === "too_large" ? message : parseCef(message.text).signatureId;
  };
  expect(signature(own)).toBe("9006");
  expect(signature({ ...own })).toBe("9999");
});

const FORMATS = ["cef", "json"] as const;
const HEADERS = ["rfc5424", "rfc3164", "none"] as const;

test("no message is longer than the limit, however large the event, and each reads back", () => {
  const limits = fc.integer({ min: 480, max: 8000 });
  const units = fc.constantFrom("a", "é", "\u{1f600}", "=", "\\", "\n", '"', "CEF:0|", "\ud800");
  fc.assert(
    fc.property(
      limits,
      fc.constantFrom(...FORMATS),
      fc.constantFrom(...HEADERS),
      units,
      (limit, form, syslog, unit) => {
        const format = siemFormatter(resolveSiemConfig({ ...config, format: form, syslog, maxMessageBytes: limit }));
        const message = format(largeEvent(unit), context);
        if (message === "too_large") {
          expect(form === "json" && limit < MOST_OF_FIXED_JSON).toBe(true);
          return;
        }
        expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(limit);
        expect(message.text).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
        const body = syslog === "none" ? message.text : (parseSyslog(message.text).message ?? "");
        const id = form === "cef" ? parseCef(body).extensions.devicePayloadId : (JSON.parse(body) as AgentEvent).id;
        expect(id).toBe("evt_1");
      },
    ),
    { seed: 20_261_123, numRuns: 60 },
  );
});

// In JSON, the keys of what must never be cut alone take this much of a message.
const MOST_OF_FIXED_JSON = 600;

function largeEvent(unit: string): AgentEvent {
  const long = unit.repeat(2 ** 18);
  const data = { name: long, input: { command: long }, output: long };
  return { id: "evt_1", event_type: "tool.call", ts: 1_795_392_000, data };
}

test("what must never be cut and does not fit makes an event too large", () => {
  const format = siemFormatter(resolveSiemConfig({ ...config, hostname: "h".repeat(255), maxMessageBytes: 480 }));
  const hash = "ab".repeat(32);
  expect(format({ id: "x".repeat(128), chain_hash: hash, chain_prev_hash: hash }, context)).toBe("too_large");
});
