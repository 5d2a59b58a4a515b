import { formatCef, parseCef } from "@clawmetry/siem-cef";
import { type AgentEvent, describeEvent } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { sampleEvents } from "@clawmetry/siem-testkit";
import {
  lognormalize,
  makeReceiverCertificates,
  normalizedForm,
  type ReceivedRecord,
  type Receiver,
  type ReceiverCertificates,
  type ReceiverOptions,
  startRsyslog,
  startSyslogNg,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSiemExporter } from "./create-siem-exporter.ts";
import { type SiemConfig } from "./siem-config.ts";

type Format = "cef" | "json";

/** One way into a receiver. `tls`: what the exporter knows, the CA alone or also a certificate of its own. */
interface Route<Input extends string> {
  readonly input: Input;
  readonly protocol: "udp" | "tcp" | "tcp-tls" | "relp" | "relp-tls";
  readonly framing?: "newline" | "octet-counting";
  readonly tls?: "ca" | "client";
}

const LOCAL0 = 16 * 8;
const HOSTNAME = "gateway.test";

const events: readonly AgentEvent[] = sampleEvents();

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

describeReceiver("rsyslog", startRsyslog, [
  { input: "udp", protocol: "udp" },
  { input: "tcp", protocol: "tcp", framing: "newline" },
  { input: "tcp", protocol: "tcp", framing: "octet-counting" },
  { input: "tls", protocol: "tcp-tls", framing: "newline", tls: "ca" },
  { input: "tls", protocol: "tcp-tls", framing: "octet-counting", tls: "ca" },
  { input: "mutualTls", protocol: "tcp-tls", framing: "newline", tls: "client" },
  { input: "mutualTls", protocol: "tcp-tls", framing: "octet-counting", tls: "client" },
  { input: "relp", protocol: "relp" },
  { input: "relpTls", protocol: "relp-tls", tls: "client" },
]);

describeReceiver("syslog-ng", startSyslogNg, [
  { input: "udp", protocol: "udp" },
  { input: "newline", protocol: "tcp", framing: "newline" },
  { input: "octetCounting", protocol: "tcp", framing: "octet-counting" },
  { input: "tlsNewline", protocol: "tcp-tls", framing: "newline", tls: "ca" },
  { input: "tlsOctetCounting", protocol: "tcp-tls", framing: "octet-counting", tls: "ca" },
  { input: "mutualTlsNewline", protocol: "tcp-tls", framing: "newline", tls: "client" },
  { input: "mutualTlsOctetCounting", protocol: "tcp-tls", framing: "octet-counting", tls: "client" },
]);

function describeReceiver<Input extends string>(
  name: string,
  start: (options: ReceiverOptions) => Promise<Receiver<Input>>,
  routes: readonly Route<Input>[],
): void {
  describe(name, () => {
    let receiver: Receiver<Input>;
    beforeAll(async () => {
      receiver = await start({ certificates });
    });
    afterAll(() => receiver.stop());

    const formats: readonly Format[] = ["cef", "json"];
    const cases = routes.flatMap((route) =>
      formats.map((format) => ({ ...route, framing: route.framing ?? route.protocol, format, route })),
    );

    test.each(cases)("every event arrives as it was sent: $input, $framing, $format", async ({ route, format }) => {
      const before = receiver.records().length;
      await sendEvents(configOf(route, receiver.ports[route.input], format));
      const records = (await receiver.waitForRecords(before + events.length)).slice(before);
      expect(records.map(observe)).toEqual(
        events.map((event, index) => expectedRecord(event, index, records, format, route.input)),
      );
      if (format === "cef") await expectSameReading(records.map(({ msg }) => msg));
    });

    test("nothing arrived twice, and nothing that was not sent", async () => {
      await receiver.stop();
      expect(receiver.records()).toHaveLength(cases.length * events.length);
    });
  });
}

function configOf(route: Route<string>, port: number, format: Format): SiemConfig {
  const { caFile, client } = certificates;
  return {
    host: "127.0.0.1",
    port,
    format,
    protocol: route.protocol,
    hostname: HOSTNAME,
    appName: "agents",
    heartbeatSeconds: 0,
    ...(route.framing === undefined ? {} : { framing: route.framing }),
    ...(route.tls === undefined ? {} : { tls: { caFile, ...(route.tls === "client" ? client : {}) } }),
  };
}

async function sendEvents(config: SiemConfig): Promise<void> {
  const exporter = createSiemExporter(config);
  for (const event of events) expect(exporter.send(event)).toBe(true);
  expect(await exporter.close({ timeoutMs: 10_000 })).toEqual({ sent: events.length, dropped: 0, left: 0 });
}

// The receivers write the same instant with other digits and zones.
function observe({ input, pri, timestamp, hostname, appname, procid, msgid, sd, msg, rawmsg }: ReceivedRecord): object {
  return { input, pri, timeMs: Date.parse(timestamp), hostname, appname, procid, msgid, sd, msg, rawmsg };
}

// Only the boot id, and the time of an event that has none, are taken from what arrived: they cannot be known before.
function expectedRecord(
  event: AgentEvent,
  index: number,
  records: readonly ReceivedRecord[],
  format: Format,
  input: string,
): object {
  const nowMs = Date.parse(records[index]?.timestamp ?? "");
  const { type, syslogSeverity, timeMs } = describeEvent(event, { nowMs });
  const sequence = { boot: bootOf(records[0]), number: index + 1 };
  const options = { hostname: HOSTNAME, nowMs, sequence };
  const message = format === "cef" ? formatCef(event, options) : formatJson(event, options);
  const pri = LOCAL0 + syslogSeverity;
  const time = new Date(timeMs ?? NaN).toISOString();
  return {
    input,
    pri: String(pri),
    timeMs,
    hostname: HOSTNAME,
    appname: "agents",
    procid: String(process.pid),
    msgid: type,
    sd: "-",
    msg: message,
    rawmsg: `<${pri}>1 ${time} ${HOSTNAME} agents ${process.pid} ${type} - ${message}`,
  };
}

function bootOf(record: ReceivedRecord | undefined): string {
  return /(?:ClawmetryBoot=|"boot":")([0-9a-f]{8})/.exec(record?.msg ?? "")?.[1] ?? "no boot id";
}

/** Somebody else's parser must find the keys and values that ours finds. */
async function expectSameReading(lines: readonly string[]): Promise<void> {
  expect(await lognormalize(lines)).toEqual(lines.map((line) => normalizedForm(parseCef(line))));
}
