import { isDeepStrictEqual } from "node:util";
import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent, describeEvent } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { hostileEvents } from "@clawmetry/siem-testkit";
import {
  makeReceiverCertificates,
  type ReceivedRecord,
  type Receiver,
  type ReceiverCertificates,
  type ReceiverOptions,
  startRsyslog,
  startSyslogNg,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSiemExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { type SiemConfig } from "./siem-config.ts";

type Format = "cef" | "json";

/** One way into a receiver, which gets half of the events in each format. */
interface Route<Input extends string> {
  readonly input: Input;
  readonly protocol: "udp" | "tcp";
  readonly framing?: "newline" | "octet-counting";
  readonly maxMessageBytes: number;
}

const COUNT = 20_000;
const LOCAL0 = 16 * 8;
const HOSTNAME = "gateway.test";
const TIMEOUT_MS = 60_000;
// A receiver's buffer holds this many datagrams whatever they are, and nobody tells what it had no room for.
const DATAGRAM_GROUP = 64;
// 8.2302 takes this much unless it is told otherwise, and reads the rest of a longer message as another one.
const RSYSLOG_LIMIT = 8096;
const SYSLOG_NG_LIMIT = 65_536;
// Of an oversize message, of a frame without a length, of a header that cannot be read.
const COMPLAINT = /error|invalid|oversize|incomplete|larger than/i;
const UNSAFE = /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

const events: readonly AgentEvent[] = hostileEvents(COUNT);
const eventsOf: Readonly<Record<Format, readonly AgentEvent[]>> = {
  cef: events.filter((_, index) => index % 2 === 0),
  json: events.filter((_, index) => index % 2 === 1),
};

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

describeReceiver("rsyslog", startRsyslog, RSYSLOG_LIMIT, [
  { input: "tcp", protocol: "tcp", framing: "newline", maxMessageBytes: 8000 },
  { input: "tcp", protocol: "tcp", framing: "octet-counting", maxMessageBytes: 8000 },
  { input: "udp", protocol: "udp", maxMessageBytes: 1400 },
]);

describeReceiver("syslog-ng", startSyslogNg, SYSLOG_NG_LIMIT, [
  { input: "newline", protocol: "tcp", framing: "newline", maxMessageBytes: SYSLOG_NG_LIMIT },
  { input: "octetCounting", protocol: "tcp", framing: "octet-counting", maxMessageBytes: SYSLOG_NG_LIMIT },
]);

function describeReceiver<Input extends string>(
  name: string,
  start: (options: ReceiverOptions) => Promise<Receiver<Input>>,
  maxMessageBytes: number,
  routes: readonly Route<Input>[],
): void {
  describe(name, () => {
    let receiver: Receiver<Input>;
    beforeAll(async () => {
      receiver = await start({ certificates, maxMessageBytes });
    });
    afterAll(() => receiver.stop());

    const formats: readonly Format[] = ["cef", "json"];
    const cases = routes.flatMap((route) =>
      formats.map((format) => ({ ...route, framing: route.framing ?? "datagram", format, route })),
    );

    test.each(cases)(
      "hostile events arrive as they were sent: $input, $framing, $format",
      async ({ route, format }) => {
        const before = receiver.records().length;
        await sendPaced(route, format, receiver, before);
        const count = before + eventsOf[format].length;
        const records = (await receiver.waitForRecords(count, TIMEOUT_MS)).slice(before);
        expect(differences(records, route, format)).toEqual([]);
        expect(records.filter(({ rawmsg }) => UNSAFE.test(rawmsg))).toEqual([]);
      },
      2 * TIMEOUT_MS,
    );

    test("nothing arrived twice, and nothing that the receiver complains of", async () => {
      await receiver.stop();
      expect(receiver.records()).toHaveLength(routes.length * COUNT);
      expect(receiver.internalLog()).not.toMatch(COMPLAINT);
    });
  });
}

async function sendPaced<Input extends string>(
  route: Route<Input>,
  format: Format,
  receiver: Receiver<Input>,
  before: number,
): Promise<void> {
  const exporter = createSiemExporter(configOf(route, receiver.ports[route.input], format));
  let accepted = 0;
  for (const event of eventsOf[format]) {
    await exporter.ready();
    if (exporter.send(event)) accepted += 1;
    if (route.protocol === "udp" && accepted % DATAGRAM_GROUP === 0) {
      await exporter.flush();
      await receiver.waitForRecords(before + accepted);
    }
  }
  expect(await exporter.flush({ timeoutMs: TIMEOUT_MS })).toBe(true);
  expect(troublesOf(exporter)).toEqual({ refused: 0, retried: 0, replayed: 0, errors: 0 });
  expect(await exporter.close()).toEqual({ sent: eventsOf[format].length, dropped: 0, left: 0 });
}

// A connection that the receiver closes counts as an error, and as a replay of what may not have been read.
function troublesOf({ stats: { accepted, lastSeq, retried, replayed, errors } }: SiemExporter): object {
  return { refused: lastSeq - accepted, retried, replayed, errors };
}

function configOf({ protocol, framing, maxMessageBytes }: Route<string>, port: number, format: Format): SiemConfig {
  return {
    host: "127.0.0.1",
    port,
    protocol,
    format,
    hostname: HOSTNAME,
    appName: "agents",
    content: "all",
    heartbeatSeconds: 0,
    maxMessageBytes,
    ...(framing === undefined ? {} : { framing }),
  };
}

/** The first few records that are not as they should be, beside what they should be. */
function differences(records: readonly ReceivedRecord[], route: Route<string>, format: Format): object[] {
  const boot = bootOf(records[0]);
  return records
    .map((record, index) => {
      const sequence = { boot, number: index + 1 };
      const nowMs = Date.parse(record.timestamp);
      return {
        index,
        received: observe(record),
        expected: expectedRecord(eventsOf[format][index] ?? {}, { nowMs, sequence }, route, format),
      };
    })
    .filter(({ received, expected }) => !isDeepStrictEqual(received, expected))
    .slice(0, 3);
}

// The receivers write the same instant with other digits and zones.
function observe({ input, pri, timestamp, hostname, appname, procid, msgid, sd, msg, rawmsg }: ReceivedRecord): object {
  return { input, pri, timeMs: Date.parse(timestamp), hostname, appname, procid, msgid, sd, msg, rawmsg };
}

/** When it was sent: only this and the boot id are taken from what arrived, they cannot be known before. */
interface Sending {
  readonly nowMs: number;
  readonly sequence: { readonly boot: string; readonly number: number };
}

function expectedRecord(event: AgentEvent, sending: Sending, route: Route<string>, format: Format): object {
  const description = describeEvent(event, { nowMs: sending.nowMs, ownTypes: false });
  const { type, syslogSeverity, timeMs } = description;
  const pri = LOCAL0 + syslogSeverity;
  const time = new Date(timeMs ?? NaN).toISOString();
  const header = `<${pri}>1 ${time} ${HOSTNAME} agents ${process.pid} ${type} - `;
  const maxBytes = route.maxMessageBytes - header.length;
  const options = { ...sending, description, hostname: HOSTNAME, content: "all", maxBytes } as const;
  const message = format === "cef" ? formatCef(event, options) : formatJson(event, options);
  return {
    input: route.input,
    pri: String(pri),
    timeMs,
    hostname: HOSTNAME,
    appname: "agents",
    procid: String(process.pid),
    msgid: type,
    sd: "-",
    msg: message,
    rawmsg: header + message,
  };
}

function bootOf(record: ReceivedRecord | undefined): string {
  return /(?:ClawmetryBoot=|"boot":")([0-9a-f]{8})/.exec(record?.msg ?? "")?.[1] ?? "no boot id";
}
