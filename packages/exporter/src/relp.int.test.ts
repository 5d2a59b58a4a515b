import { type TransportError } from "@clawmetry/siem-core";
import { failureOf, patient } from "@clawmetry/siem-testkit";
import {
  makeFaultyCertificates,
  makeReceiverCertificates,
  type FaultyCertificates,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { relpTlsTransport, relpTransport, type TlsIdentityOptions } from "@clawmetry/siem-transports/relp";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

let certificates: ReceiverCertificates;
let faulty: FaultyCertificates;
let rsyslog: Receiver<RsyslogInput>;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
  faulty = await makeFaultyCertificates(certificates);
  rsyslog = await startRsyslog({ certificates });
});
afterAll(async () => {
  await rsyslog.stop();
  await certificates.remove();
});

const LINE = "<134>1 2026-01-02T03:04:05.678Z gateway.test agents 1 tool.call -";

async function sendOverTls(tls: TlsIdentityOptions, port: number): Promise<TransportError> {
  const transport = relpTlsTransport({ host: "127.0.0.1", port, tls });
  onTestFinished(transport.close);
  return failureOf(transport.send([`${LINE} refused`], patient()));
}

async function sendPlain(port: number): Promise<TransportError> {
  const transport = relpTransport({ host: "127.0.0.1", port, openTimeoutMs: 300 });
  onTestFinished(transport.close);
  return failureOf(transport.send([`${LINE} refused`], patient()));
}

test("a thousand messages over TLS are acknowledged and stored", async () => {
  const tls = { caFile: certificates.caFile, ...certificates.client };
  const transport = relpTlsTransport({ host: "127.0.0.1", port: rsyslog.ports.relpTls, tls });
  onTestFinished(transport.close);
  const messages = Array.from({ length: 1000 }, (_, index) => `${LINE} ${index}`);
  const before = rsyslog.records().length;
  await transport.send(messages, patient());
  const records = (await rsyslog.waitForRecords(before + 1000)).slice(before);
  expect(records.map(({ rawmsg }) => rawmsg)).toEqual(messages);
  expect(transport.peer?.tlsVersion).toBe("TLSv1.3");
});

test("a message with a line feed is one record, whatever it looks like", async () => {
  const transport = relpTransport({ host: "127.0.0.1", port: rsyslog.ports.relp });
  onTestFinished(transport.close);
  const before = rsyslog.records().length;
  await transport.send([`${LINE} one\n9 syslog 4 <0>x\n<0>forged`, `${LINE} two`], patient());
  const records = (await rsyslog.waitForRecords(before + 2)).slice(before);
  expect(records.map(({ msg }) => msg.trim())).toEqual(["one#0129 syslog 4 <0>x#012<0>forged", "two"]);
});

test("close is answered, so rsyslog has nothing to complain about", async () => {
  const before = rsyslog.internalLog();
  const transport = relpTransport({ host: "127.0.0.1", port: rsyslog.ports.relp });
  await transport.send([`${LINE} last`], patient());
  await transport.close();
  expect(rsyslog.internalLog()).toBe(before);
});

test.each([
  ["no certificate", () => ({})],
  ["a certificate for a name that is not permitted", () => certificates.intruder],
  ["an expired certificate", () => faulty.clientExpired],
  ["a certificate of an authority that nobody knows", () => faulty.clientUnknownCa],
])("%s is refused, and the message is left to be sent", async (_name, identity) => {
  const before = rsyslog.records().length;
  const failure = await sendOverTls({ caFile: certificates.caFile, ...identity() }, rsyslog.ports.relpTls);
  expect(failure).toMatchObject({ code: "refused", retryable: true, delivered: 0 });
  expect(failure.message).toContain("client certificate");
  expect(rsyslog.records()).toHaveLength(before);
});

test("a server with another name is not spoken to", async () => {
  const { caFile, client } = certificates;
  const failure = await sendOverTls({ caFile, ...client, servername: "other.test" }, rsyslog.ports.relpTls);
  expect(failure).toMatchObject({ code: "connect", retryable: true, delivered: 0 });
  expect(failure.message).toContain("the certificate is for another name: asked for other.test");
});

test("TLS to the port without it is told", async () => {
  const failure = await sendOverTls({ caFile: certificates.caFile, ...certificates.client }, rsyslog.ports.relp);
  expect(failure).toMatchObject({ code: "connect", retryable: true, delivered: 0 });
  expect(failure.message).toContain("the port does not speak TLS");
});

test("no TLS to the port with it is told", async () => {
  const failure = await sendPlain(rsyslog.ports.relpTls);
  expect(failure).toMatchObject({ retryable: true, delivered: 0 });
  expect(failure.message).toContain("relp-tls");
});

test("a port of plain syslog is told by its silence", async () => {
  const failure = await sendPlain(rsyslog.ports.tcp);
  expect(failure).toMatchObject({ code: "timeout", retryable: true, delivered: 0 });
  expect(failure.message).toContain("no answer in 300 ms; the port may not speak RELP");
});
