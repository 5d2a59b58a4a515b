import { captureRelp, captureTcp, captureTls, captureUdp, createCertificates, patient } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { relpTransport } from "./relp.ts";
import { tcpTransport } from "./tcp.ts";
import { tlsTransport } from "./tls.ts";
import { udpTransport } from "./udp.ts";

/** What keeps this process alive, but for the timer of the test itself. */
function holders(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(TCPSocketWrap|TLSWrap|UDPWrap|Immediate)$/.test(name));
}

test("an idle UDP socket keeps no process alive", async () => {
  const capture = await captureUdp();
  onTestFinished(capture.close);
  const transport = udpTransport({ host: "127.0.0.1", port: capture.port });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length === 1);
  expect(holders()).toEqual(["UDPWrap"]); // the receiver
});

test("an idle TCP connection keeps no process alive", async () => {
  const capture = await captureTcp();
  onTestFinished(capture.close);
  const transport = tcpTransport({ host: "localhost", port: capture.port });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length === 1);
  expect(holders()).toEqual(["TCPSocketWrap"]); // the end of the receiver
});

test("an idle TLS connection keeps no process alive", async () => {
  const { ca, server, remove } = await createCertificates();
  onTestFinished(remove);
  const capture = await captureTls({ cert: server.cert, key: server.key });
  onTestFinished(capture.close);
  const transport = tlsTransport({ host: "localhost", port: capture.port, tls: { caFile: ca.certFile } });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length === 1);
  expect(holders()).toEqual(["TCPSocketWrap"]); // the end of the receiver
});

test("an idle RELP session keeps no process alive, and one that waits for an answer does", async () => {
  const held: (() => void)[] = [];
  const capture = await captureRelp({
    onMessage: ({ answer }) => {
      held.push(answer);
    },
  });
  onTestFinished(capture.close);
  const transport = relpTransport({ host: "127.0.0.1", port: capture.port });
  onTestFinished(transport.close);
  const sending = transport.send(["<1>one"], patient());
  await capture.waitFor(() => held.length === 1);
  expect(holders()).toEqual(["TCPSocketWrap", "TCPSocketWrap"]);
  held[0]?.();
  await sending;
  expect(holders()).toEqual(["TCPSocketWrap"]); // the end of the receiver
});
