import { readFileSync } from "node:fs";
import { type AgentEvent } from "@clawmetry/siem-events";
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
import { createSiemExporter } from "./create-siem-exporter.ts";
import { formatSyslogLine } from "./format-syslog-line.ts";
import { receiverPresets } from "./receiver-presets.ts";
import { type SiemConfig } from "./siem-config.ts";

/** A receiver as a preset names it, and which of its inputs each protocol reaches. */
interface Subject<Input extends string> {
  readonly receiver: "rsyslog" | "syslog-ng";
  readonly start: (options: ReceiverOptions) => Promise<Receiver<Input>>;
  readonly inputs: Readonly<Record<"udp" | "tcp" | "tcp-tls", Input>>;
}

const HOSTNAME = "gateway.test";

const samples = readFileSync(new URL("../../events/testdata/agent-events.ndjson", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as AgentEvent);
// More than any cap holds, so the line is as long as a line of the preset can be.
const long: AgentEvent = {
  event_type: "tool.call",
  data: { name: "bash", input: { command: "\u00e9=|\\ ".repeat(9000) } },
};

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

describePreset({
  receiver: "rsyslog",
  start: startRsyslog,
  inputs: { udp: "udp", tcp: "tcp", "tcp-tls": "tls" },
});

describePreset({
  receiver: "syslog-ng",
  start: startSyslogNg,
  inputs: { udp: "udp", tcp: "octetCounting", "tcp-tls": "tlsOctetCounting" },
});

test("these are the presets that say they are tested", () => {
  expect(receiverPresets.filter(({ tested }) => tested).map(({ receiver }) => receiver)).toEqual([
    "rsyslog",
    "syslog-ng",
  ]);
});

function describePreset<Input extends string>({ receiver, start, inputs }: Subject<Input>): void {
  describe(`the preset ${receiver}`, () => {
    let running: Receiver<Input>;
    beforeAll(async () => {
      running = await start({ certificates });
    });
    afterAll(() => running.stop());

    const cases = (["udp", "tcp", "tcp-tls"] as const).map((protocol) => ({
      protocol,
      cap: protocol === "udp" ? 1400 : 8000,
    }));

    test.each(cases)("over $protocol every event arrives whole, as one record", async ({ protocol }) => {
      const config = configOf(protocol);
      expect(await sendAndCompare(config, samples)).toHaveLength(samples.length);
    });

    test.each(cases)("over $protocol a message as long as the cap of $cap arrives whole", async ({ protocol, cap }) => {
      const [record] = await sendAndCompare({ ...configOf(protocol), format: "json" }, [long]);
      expect(Buffer.byteLength(record?.rawmsg ?? "")).toBeGreaterThan(cap - 200);
    });

    test("nothing arrived twice, and nothing that was not sent", async () => {
      await running.stop();
      expect(running.records()).toHaveLength(cases.length * (samples.length + 1));
    });

    function configOf(protocol: keyof Subject<Input>["inputs"]): SiemConfig {
      return {
        host: "127.0.0.1",
        port: running.ports[inputs[protocol]],
        protocol,
        receiver,
        hostname: HOSTNAME,
        heartbeatSeconds: 0,
        ...(protocol === "tcp-tls" && { tls: { caFile: certificates.caFile } }),
      };
    }

    async function sendAndCompare(
      config: SiemConfig,
      events: readonly AgentEvent[],
    ): Promise<readonly ReceivedRecord[]> {
      const before = running.records().length;
      await sendEvents(config, events);
      const records = (await running.waitForRecords(before + events.length)).slice(before);
      expect(records.map(({ rawmsg }) => rawmsg)).toEqual(
        events.map((event, index) => expectedLine(event, index, records, config)),
      );
      return records;
    }
  });
}

async function sendEvents(config: SiemConfig, events: readonly AgentEvent[]): Promise<void> {
  const exporter = createSiemExporter(config);
  for (const event of events) expect(exporter.send(event)).toBe(true);
  expect(await exporter.close({ timeoutMs: 10_000 })).toEqual({ sent: events.length, dropped: 0, left: 0 });
}

// Only the boot id, and the time of an event that has none, are taken from what arrived: they cannot be known before.
function expectedLine(
  event: AgentEvent,
  index: number,
  records: readonly ReceivedRecord[],
  config: SiemConfig,
): string {
  const boot = /(?:ClawmetryBoot=|"boot":")([0-9a-f]{8})/.exec(records[0]?.msg ?? "")?.[1] ?? "no boot id";
  return formatSyslogLine(event, {
    ...config,
    procId: String(process.pid),
    nowMs: Date.parse(records[index]?.timestamp ?? ""),
    sequence: { boot, number: index + 1 },
  });
}
