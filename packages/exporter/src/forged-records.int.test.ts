import { connect } from "node:net";
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

/** Values that work against a sender that writes what it is given. */
interface Attack<Input extends string> {
  readonly name: string;
  readonly input: Input;
  readonly framing: "newline" | "octet-counting";
  /** How the careless sender frames. Default: as `framing` says, with a correct count. */
  readonly frame?: (message: string) => string;
  readonly values: readonly string[];
  /** A record of another host is stored. */
  readonly forges: boolean;
  /** What is sent afterwards is not stored. */
  readonly silences: boolean;
}

const HOSTNAME = "gateway.test";
const HEADER = `<134>1 2026-11-23T03:04:06.678Z ${HOSTNAME} careless 1 tool.call -`;
const FORGED = "<134>1 2026-01-02T03:04:05Z victim.test sshd 1 - - root logged in ";
const FORMATS = ["cef", "json"] as const;
// 8.2302 takes this much unless it is told otherwise.
const RSYSLOG_LIMIT = 8096;
const SYSLOG_NG_LIMIT = 65_536;

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

describeAttacks("rsyslog", startRsyslog, { limit: RSYSLOG_LIMIT, maxMessageBytes: 8000 }, [
  ...lineAttacks("tcp"),
  { ...oversize("tcp", RSYSLOG_LIMIT), framing: "newline", forges: true, silences: false },
  { ...oversize("tcp", RSYSLOG_LIMIT), framing: "octet-counting", forges: true, silences: false },
  {
    name: "a frame above 200000 bytes",
    input: "tcp",
    framing: "octet-counting",
    values: [FORGED.repeat(5000)],
    forges: true,
    silences: true,
  },
  {
    name: "a count at the start of a line",
    input: "tcp",
    framing: "newline",
    values: ["\n9000 "],
    forges: false,
    silences: true,
  },
  miscounted("tcp"),
]);

describeAttacks("syslog-ng", startSyslogNg, { limit: SYSLOG_NG_LIMIT, maxMessageBytes: SYSLOG_NG_LIMIT }, [
  ...lineAttacks("newline"),
  { name: "NUL", input: "newline", framing: "newline", values: [`\0${FORGED}`], forges: true, silences: false },
  { ...oversize("newline", SYSLOG_NG_LIMIT), framing: "newline", forges: true, silences: false },
  { ...oversize("octetCounting", SYSLOG_NG_LIMIT), framing: "octet-counting", forges: false, silences: true },
  miscounted("octetCounting"),
]);

function lineAttacks<Input extends string>(input: Input): readonly Attack<Input>[] {
  const attack = { input, framing: "newline", forges: true, silences: false } as const;
  return [
    { ...attack, name: "LF", values: [`\n${FORGED}`] },
    { ...attack, name: "CRLF", values: [`\r\n${FORGED}`] },
  ];
}

// Wherever the receiver cuts, one of the values has a record begin there.
function oversize<Input extends string>(input: Input, limit: number): Pick<Attack<Input>, "name" | "input" | "values"> {
  const values = Array.from(
    FORGED,
    (_, shift) => "x".repeat(shift) + FORGED.repeat(Math.ceil(limit / FORGED.length) + 3),
  );
  return { name: `a message above ${limit} bytes`, input, values };
}

function miscounted<Input extends string>(input: Input): Attack<Input> {
  const frame = `${FORGED.length} ${FORGED}`;
  return {
    name: "a count of letters, not bytes",
    input,
    framing: "octet-counting",
    frame: (message) => `${message.length} ${message}`,
    values: ["é".repeat(frame.length) + frame],
    forges: true,
    silences: false,
  };
}

function describeAttacks<Input extends string>(
  name: string,
  start: (options: ReceiverOptions) => Promise<Receiver<Input>>,
  { limit, maxMessageBytes }: { readonly limit: number; readonly maxMessageBytes: number },
  attacks: readonly Attack<Input>[],
): void {
  const cases = attacks.map((attack) => ({ ...attack, attack }));

  describe(name, () => {
    let receiver: Receiver<Input>;
    beforeAll(async () => {
      receiver = await start({ certificates, maxMessageBytes: limit });
    });
    afterAll(() => receiver.stop());

    test.each(cases)("a careless sender is harmed: $name, $framing", async ({ attack }) => {
      const careless = await start({ certificates, maxMessageBytes: limit });
      try {
        await sendCareless(careless.ports[attack.input], attack);
      } finally {
        await careless.stop();
      }
      const records = careless.records();
      expect({ forges: records.some(isForged), silences: !records.some(isLast) }).toEqual({
        forges: attack.forges,
        silences: attack.silences,
      });
    });

    const attempts = cases.flatMap(({ attack, ...rest }) => FORMATS.map((format) => ({ ...rest, attack, format })));

    test.each(attempts)("the exporter is not: $name, $framing, $format", async ({ attack, format }) => {
      const before = receiver.records().length;
      const exporter = createSiemExporter({
        host: "127.0.0.1",
        port: receiver.ports[attack.input],
        protocol: "tcp",
        framing: attack.framing,
        format,
        hostname: HOSTNAME,
        content: "all",
        heartbeatSeconds: 0,
        maxMessageBytes,
      });
      const events = [...attack.values.map(eventOf), eventOf("the last one", attack.values.length)];
      for (const event of events) expect(exporter.send(event)).toBe(true);
      expect(await exporter.close()).toEqual({ sent: events.length, dropped: 0, left: 0 });
      const records = await receiver.waitForRecords(before + events.length);
      expect(exporter.stats.errors).toBe(0);
      expect(records.slice(before).map(observe)).toEqual(events.map(({ id }) => expectedRecord(id, attack.input)));
    });

    test("nothing arrived besides", async () => {
      await receiver.stop();
      const sent = attempts.reduce((sum, { attack }) => sum + attack.values.length + 1, 0);
      expect(receiver.records()).toHaveLength(sent);
    });
  });
}

async function sendCareless(port: number, { framing, frame, values }: Attack<string>): Promise<void> {
  const frameOf =
    frame ??
    (framing === "newline"
      ? (message: string) => `${message}\n`
      : (message: string) => `${Buffer.byteLength(message)} ${message}`);
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined); // a receiver that closes early resets, and only what it stored counts
  socket.end([...values, "the last one"].map((value) => frameOf(`${HEADER} ${value}`)).join(""));
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
}

function isForged({ hostname }: ReceivedRecord): boolean {
  return hostname === "victim.test";
}

function isLast({ hostname, msg }: ReceivedRecord): boolean {
  return hostname === HOSTNAME && msg === "the last one";
}

// The text in every place that agents fill.
function eventOf(text: string, index: number): AgentEvent {
  return {
    id: `evt_${index}`,
    event_type: "tool.call",
    ts: "2026-11-23T03:04:06.678Z",
    node_id: text,
    agent_id: text,
    session_id: text,
    model: text,
    data: { name: text, input: { command: text, [text]: text }, text },
    [text]: text,
  };
}

// Which event it is shows in the message.
function observe({ input, pri, timestamp, hostname, appname, procid, msgid, sd, msg }: ReceivedRecord): object {
  const id = /(?:externalId=|"id":")(evt_\d+)/.exec(msg)?.[1];
  return { input, pri, timeMs: Date.parse(timestamp), hostname, appname, procid, msgid, sd, id };
}

function expectedRecord(id: string | undefined, input: string): object {
  return {
    input,
    pri: "134",
    timeMs: Date.parse("2026-11-23T03:04:06.678Z"),
    hostname: HOSTNAME,
    appname: "clawmetry",
    procid: String(process.pid),
    msgid: "tool.call",
    sd: "-",
    id,
  };
}
