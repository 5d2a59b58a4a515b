import { readFile } from "node:fs/promises";
import { type AgentEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { formatSyslogLine } from "./format-syslog-line.ts";
import { readConfig } from "./read-config.ts";
import { type ReceiverName, receiverNames, receiverPresets } from "./receiver-presets.ts";
import { resolveSiemConfig } from "./resolve-siem-config.ts";
import { type SiemConfig } from "./siem-config.ts";

const PROTOCOLS = ["udp", "tcp", "tcp-tls"] as const;
const HOST = { host: "siem.example" };

/** The settings that a preset may set. */
function presetOf(config: SiemConfig): readonly unknown[] {
  const { format, framing, syslog, maxMessageBytes, cefNewlines, cefEquals } = resolveSiemConfig(config);
  return [format, framing, syslog, maxMessageBytes, cefNewlines, cefEquals];
}

/** A receiver, and its format, framing, header, cap, newlines and equals. */
type Row = readonly [ReceiverName | undefined, string, string, string, number, string, string];

const overTcp: readonly Row[] = [
  [undefined, "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["splunk", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["sc4s", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["rsyslog", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["syslog-ng", "cef", "octet-counting", "rfc5424", 8000, "escape", "escape"],
  ["qradar", "cef", "newline", "rfc5424", 4096, "escape", "escape"],
  ["arcsight", "cef", "newline", "rfc3164", 8000, "escape", "escape"],
  ["elastic", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["logstash", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["graylog", "json", "newline", "rfc5424", 8000, "escape", "fullwidth"],
  ["sentinel", "cef", "newline", "rfc3164", 8000, "escape", "escape"],
  ["vector", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["fluent-bit", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
  ["otel", "cef", "newline", "rfc5424", 8000, "escape", "escape"],
];

test.each(overTcp)(
  "over TCP and TLS, %s gets %s, %s, %s, at most %i bytes, newlines %s, equals %s",
  (receiver, ...expected) => {
    expect(presetOf({ ...HOST, protocol: "tcp", receiver })).toEqual(expected);
    expect(presetOf({ ...HOST, protocol: "tcp-tls", receiver })).toEqual(expected);
  },
);

test("every receiver has one preset, and its row above", () => {
  expect(receiverNames).toEqual(overTcp.map(([receiver]) => receiver).filter((name) => name !== undefined));
  expect(new Set(receiverNames).size).toBe(13);
});

test("over UDP no preset sets a framing, and the cap is that of a datagram", () => {
  const overUdp = receiverNames.map((receiver) => {
    const { framing, maxMessageBytes } = resolveSiemConfig({ ...HOST, receiver });
    return [receiver, framing, maxMessageBytes];
  });
  expect(overUdp.filter(([, , bytes]) => bytes !== 1400)).toEqual([
    ["qradar", "newline", 1024],
    ["arcsight", "newline", 1024],
  ]);
  expect(overUdp.filter(([, framing]) => framing !== "newline")).toEqual([]);
});

test("a preset sets nothing else", () => {
  const without = resolveSiemConfig({ ...HOST, protocol: "tcp" });
  const resolved = resolveSiemConfig({ ...HOST, protocol: "tcp", receiver: "graylog" });
  const { receiver, format, framing, cefEquals, syslog, maxMessageBytes, targets, ...others } = resolved;
  expect(targets).toHaveLength(1);
  expect({ receiver, format, framing, cefEquals, syslog, maxMessageBytes }).toEqual({
    receiver: "graylog",
    format: "json",
    framing: "newline",
    cefEquals: "fullwidth",
    syslog: "rfc5424",
    maxMessageBytes: 8000,
  });
  expect(without).toMatchObject(others);
  expect(others.content).toBe("tools");
});

test("an explicit setting wins over the preset, wherever each of them was said", () => {
  const explicit = {
    format: "cef",
    framing: "newline",
    syslog: "none",
    maxMessageBytes: 2000,
    cefNewlines: "space",
    cefEquals: "escape",
  } as const;
  const expected = ["cef", "newline", "none", 2000, "space", "escape"];
  for (const receiver of receiverNames) {
    expect(presetOf({ ...HOST, ...explicit, protocol: "tcp", receiver })).toEqual(expected);
  }
  const env = { CLAWMETRY_SIEM_RECEIVER: "syslog-ng", CLAWMETRY_SIEM_PROTOCOL: "tcp" };
  expect(readConfig(env, { ...HOST, framing: "newline" })).toMatchObject({ framing: "newline" });
  expect(
    readConfig({ CLAWMETRY_SIEM_FRAMING: "octet-counting" }, { ...HOST, protocol: "tcp", receiver: "splunk" }),
  ).toMatchObject({ framing: "octet-counting" });
});

test("no preset widens the content", () => {
  for (const receiver of receiverNames) {
    expect(resolveSiemConfig({ ...HOST, receiver }).content).toBe("tools");
    expect(resolveSiemConfig({ ...HOST, receiver, format: "cef" }).content).toBe("tools");
    expect(resolveSiemConfig({ ...HOST, receiver, format: "json" }).content).toBe("all");
    expect(resolveSiemConfig({ ...HOST, receiver, content: "none" }).content).toBe("none");
  }
});

test("JSON that a preset has chosen holds no message", () => {
  const message: AgentEvent = { event_type: "channel.in", data: { text: "my password is hunter2" } };
  const line = formatSyslogLine(message, { receiver: "graylog", syslog: "none" });
  expect(line).toMatch(/^\{"siem":\{"schema":1,"signature_id":2001,/);
  expect(line).not.toContain("hunter2");
  expect(formatSyslogLine(message, { receiver: "graylog", content: "all" })).toContain("hunter2");
});

test("CEF for Graylog has no equals sign that could be taken for the end of a key", () => {
  const call: AgentEvent = { event_type: "tool.call", data: { name: "bash", input: { command: "x\nact=allow" } } };
  const tail = (options: Partial<SiemConfig>) =>
    / msg=(.*) ClawmetryChanged=/.exec(formatSyslogLine(call, { ...options, format: "cef" }))?.[1];
  expect(tail({})).toBe("x\\nact\\=allow");
  expect(tail({ receiver: "graylog" })).toBe("x\\nact\uff1dallow");
  expect(tail({ receiver: "graylog", cefNewlines: "space" })).toBe("x act\uff1dallow");
  expect(tail({ receiver: "graylog", cefEquals: "escape" })).toBe("x\\nact\\=allow");
});

test.each(PROTOCOLS)("no preset causes a conflict over %s, however small the queue", (protocol) => {
  for (const receiver of receiverNames) {
    const queueBytes = protocol === "udp" ? 1400 : 8000;
    expect(resolveSiemConfig({ ...HOST, protocol, receiver, queueBytes })).toMatchObject({ receiver, queueBytes });
  }
});

test("a conflict between explicit settings stays an error with a preset that agrees with one of them", () => {
  const resolve = () => resolveSiemConfig({ ...HOST, receiver: "syslog-ng", framing: "octet-counting" });
  expect(resolve).toThrow(ConfigError);
  expect(resolve).toThrow("framing must not be octet-counting with protocol udp: a datagram is its own frame");
});

test("an unknown receiver is refused with the names of those that are known", () => {
  const rule =
    "must be splunk, sc4s, rsyslog, syslog-ng, qradar, arcsight, elastic, logstash, graylog, sentinel, vector, " +
    "fluent-bit or otel";
  expect(() => readConfig({ CLAWMETRY_SIEM_HOST: "siem.example", CLAWMETRY_SIEM_RECEIVER: "splonk" })).toThrow(
    `CLAWMETRY_SIEM_RECEIVER ${rule}, got "splonk"`,
  );
  expect(() => readConfig({}, { ...HOST, receiver: "constructor" })).toThrow(
    `siem.receiver ${rule}, got "constructor"`,
  );
});

test("a line for a receiver that nobody knows is the general one", () => {
  const receiver = "__proto__" as ReceiverName;
  expect(formatSyslogLine({ event_type: "tool.call" }, { receiver })).toBe(
    formatSyslogLine({ event_type: "tool.call" }),
  );
});

test("a configuration with a preset that is resolved again stays as it is", () => {
  const once = resolveSiemConfig({ ...HOST, protocol: "tls", receiver: "graylog" });
  expect(resolveSiemConfig(once)).toEqual(once);
});

const document = await readFile(new URL("../../../docs/receivers.md", import.meta.url), "utf8");

test("the table of docs/receivers.md has every preset as it is, in order", () => {
  const [, table = ""] = /^\| receiver .*\n\|[-| ]+\n((?:\|.*\n)+)/m.exec(document) ?? [];
  const lines = table.trimEnd().split("\n");
  const rows = lines.map((line) => line.slice(1, -1).split("|").map(trim));
  expect(rows).toEqual(
    receiverPresets.map((preset) => [
      `\`${preset.receiver}\``,
      preset.format,
      preset.framing,
      `${preset.maxStreamBytes} / ${preset.maxDatagramBytes}`,
      preset.syslog,
      `${preset.cefNewlines} / ${preset.cefEquals}`,
      preset.tested ? "tested" : "not tested",
      preset.source,
    ]),
  );
});

test("docs/receivers.md says for every receiver what to configure there, in the same order", () => {
  const sections = [...document.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(receiverNames);
});

function trim(cell: string): string {
  return cell.trim();
}
