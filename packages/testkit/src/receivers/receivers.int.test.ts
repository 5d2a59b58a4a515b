import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lognormalize } from "./lognormalize.ts";
import { startNetcat } from "./netcat.ts";
import { type CertificateFiles, makeReceiverCertificates, type ReceiverCertificates } from "./receiver-certificates.ts";
import { type Receiver } from "./receiver.ts";
import { type RsyslogInput, startRsyslog } from "./rsyslog.ts";
import { startSyslogNg, type SyslogNgInput } from "./syslog-ng.ts";

const line = '<132>1 2026-11-23T03:04:06.678Z gateway.test clawmetry 4711 tool.call - {"text":"grüße | a=b"}';
const newline = `${line}\n`;
const octetCounting = `96 ${line}`; // ü and ß take two bytes each

// As long as the original, so that the octet count stays true.
const forged = (text: string) => text.replace("gateway.test", "intruder.one");

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

async function sendDatagram(host: string, port: number, text: string): Promise<void> {
  const socket = createSocket(host === "::1" ? "udp6" : "udp4");
  await new Promise<void>((resolve, reject) => {
    socket.send(text, port, host, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  socket.close();
}

async function sendStream(host: string, port: number, text: string): Promise<void> {
  const socket = connect({ host, port });
  socket.end(text);
  socket.resume();
  await once(socket, "close");
}

// A refusal shows as an error or as a plain end, whichever the receiver likes: only what was recorded counts.
async function sendTls(port: number, text: string, client?: CertificateFiles): Promise<void> {
  const socket = connectTls({
    host: "127.0.0.1",
    port,
    ca: readFileSync(certificates.caFile),
    ...(client === undefined ? {} : { cert: readFileSync(client.certFile), key: readFileSync(client.keyFile) }),
  });
  socket.on("error", () => undefined);
  socket.end(text);
  socket.resume();
  await new Promise((resolve) => socket.once("close", resolve));
}

const expected = {
  pri: "132",
  hostname: "gateway.test",
  appname: "clawmetry",
  procid: "4711",
  msgid: "tool.call",
  sd: "-",
  msg: '{"text":"grüße | a=b"}',
  rawmsg: line,
};

describe("rsyslog", () => {
  let rsyslog: Receiver<RsyslogInput>;
  beforeAll(async () => {
    rsyslog = await startRsyslog({ certificates });
  });
  afterAll(() => rsyslog.stop());

  type Case = readonly [input: RsyslogInput, from: string, framing: string, send: (port: number) => Promise<void>];
  const cases: readonly Case[] = [
    ["udp", "127.0.0.1", "datagram", (port) => sendDatagram("127.0.0.1", port, line)],
    ["udp6", "::1", "datagram", (port) => sendDatagram("::1", port, line)],
    ["tcp", "127.0.0.1", "newline", (port) => sendStream("127.0.0.1", port, newline)],
    ["tcp", "127.0.0.1", "octet counting", (port) => sendStream("127.0.0.1", port, octetCounting)],
    ["tcp6", "::1", "newline", (port) => sendStream("::1", port, newline)],
    ["tls", "127.0.0.1", "newline", (port) => sendTls(port, newline)],
    ["tls", "127.0.0.1", "octet counting", (port) => sendTls(port, octetCounting)],
    ["mutualTls", "127.0.0.1", "newline", (port) => sendTls(port, newline, certificates.client)],
    ["mutualTls", "127.0.0.1", "octet counting", (port) => sendTls(port, octetCounting, certificates.client)],
  ];

  test.each(cases)("%s takes a message from %s with framing %s", async (input, from, _framing, send) => {
    const before = rsyslog.records().length;
    await send(rsyslog.ports[input]);
    const records = await rsyslog.waitForRecords(before + 1);
    expect(records.slice(before)).toEqual([
      { ...expected, input, from, version: "1", timestamp: "2026-11-23T03:04:06.678Z" },
    ]);
  });

  test("the mutual input refuses an intruder, and the log says so", async () => {
    const before = rsyslog.records().length;
    await sendTls(rsyslog.ports.mutualTls, forged(newline), certificates.intruder);
    await sendTls(rsyslog.ports.mutualTls, newline, certificates.client);
    const records = await rsyslog.waitForRecords(before + 1);
    expect(records.slice(before).map(({ hostname }) => hostname)).toEqual(["gateway.test"]);
    expect(rsyslog.internalLog()).toContain("intruder.test");
  });

  test("cuts a message at the size that was asked for, and reads the rest as another", async () => {
    const small = await startRsyslog({ certificates, maxMessageBytes: 128 });
    try {
      await sendStream("127.0.0.1", small.ports.tcp, `${line}${"x".repeat(40)}\n`);
      const [first] = await small.waitForRecords(2);
      expect(first?.msg).toBe(`{"text":"grüße | a=b"}${"x".repeat(32)}`);
    } finally {
      await small.stop();
    }
  });

  test("keeps its records after the end", async () => {
    const brief = await startRsyslog({ certificates });
    await sendStream("127.0.0.1", brief.ports.tcp, newline);
    await brief.waitForRecords(1);
    await brief.stop();
    await brief.stop();
    expect(brief.records()).toHaveLength(1);
  });
});

describe("syslog-ng", () => {
  let syslogNg: Receiver<SyslogNgInput>;
  beforeAll(async () => {
    syslogNg = await startSyslogNg({ certificates });
  });
  afterAll(() => syslogNg.stop());

  type Case = readonly [input: SyslogNgInput, from: string, send: (port: number) => Promise<void>];
  const cases: readonly Case[] = [
    ["udp", "127.0.0.1", (port) => sendDatagram("127.0.0.1", port, line)],
    ["udp6", "::1", (port) => sendDatagram("::1", port, line)],
    ["newline", "127.0.0.1", (port) => sendStream("127.0.0.1", port, newline)],
    ["octetCounting", "127.0.0.1", (port) => sendStream("127.0.0.1", port, octetCounting)],
    ["tlsNewline", "127.0.0.1", (port) => sendTls(port, newline)],
    ["tlsOctetCounting", "127.0.0.1", (port) => sendTls(port, octetCounting)],
    ["mutualTlsNewline", "127.0.0.1", (port) => sendTls(port, newline, certificates.client)],
    ["mutualTlsOctetCounting", "127.0.0.1", (port) => sendTls(port, octetCounting, certificates.client)],
  ];

  test.each(cases)("%s takes a message from %s", async (input, from, send) => {
    const before = syslogNg.records().length;
    await send(syslogNg.ports[input]);
    const records = await syslogNg.waitForRecords(before + 1);
    expect(records.slice(before)).toEqual([
      { ...expected, input, from, timestamp: "2026-11-23T03:04:06.678000+00:00" },
    ]);
  });

  const mutual: readonly (readonly [SyslogNgInput, string])[] = [
    ["mutualTlsNewline", newline],
    ["mutualTlsOctetCounting", octetCounting],
  ];

  test.each(mutual)("%s refuses an intruder, and the log says so", async (input, text) => {
    const before = syslogNg.records().length;
    await sendTls(syslogNg.ports[input], forged(text), certificates.intruder);
    await sendTls(syslogNg.ports[input], text, certificates.client);
    const records = await syslogNg.waitForRecords(before + 1);
    expect(records.slice(before).map(({ hostname }) => hostname)).toEqual(["gateway.test"]);
    expect(syslogNg.internalLog()).toContain("CN=intruder.test");
  });
});

test("nc prints what it is sent over UDP", async () => {
  const netcat = await startNetcat({ protocol: "udp" });
  try {
    await sendDatagram("127.0.0.1", netcat.port, line);
    expect(await netcat.waitForText((text) => text.endsWith("}"))).toBe(line);
  } finally {
    await netcat.stop();
  }
});

test("nc prints what it is sent over TCP", async () => {
  const netcat = await startNetcat({ protocol: "tcp" });
  try {
    await sendStream("127.0.0.1", netcat.port, newline);
    expect(await netcat.waitForText((text) => text.endsWith("\n"))).toBe(newline);
  } finally {
    await netcat.stop();
  }
});

test("lognormalize reads the header and undoes the escapes", async () => {
  const cef = "CEF:0|ClawMetry|a\\|b|1|1001|Tool Call|3|act=bash msg=x\\=1 \\\\ two\\nlines rt=1764000000000";
  expect(await lognormalize([cef])).toEqual([
    {
      cef: {
        DeviceVendor: "ClawMetry",
        DeviceProduct: "a|b",
        DeviceVersion: "1",
        SignatureID: "1001",
        Name: "Tool Call",
        Severity: "3",
        Extensions: { act: "bash", msg: "x=1 \\ two\nlines", rt: "1764000000000" },
      },
    },
  ]);
});

test("lognormalize refuses a value with a bare equals sign", async () => {
  const [record] = await lognormalize(["CEF:0|v|p|1|1|n|3|msg=a=b"]);
  expect(record).toHaveProperty("unparsed-data");
});
