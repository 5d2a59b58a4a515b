import { type Socket } from "node:net";
import { type TransportError } from "@clawmetry/siem-core";
import { captureTcp, failureOf, patient } from "@clawmetry/siem-testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { resolveEndpoint } from "./endpoint.ts";
import { tlsFailure } from "./tls-failure.ts";
import { tlsTransport } from "./tls.ts";

const endpoint = resolveEndpoint("collector.example", 6514);

/** How a connect ends when the server answers our first words so. */
async function answer(onData: (socket: Socket) => void): Promise<TransportError> {
  const capture = await captureTcp({
    onConnection: (socket) =>
      socket.once("data", () => {
        onData(socket);
      }),
  });
  onTestFinished(capture.close);
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, connectTimeoutMs: 2000 });
  return failureOf(transport.send(["<1>secret"], patient()));
}

// RFC 8446 §6: such a record may stand for the answer to a ClientHello in TLS 1.2 and 1.3.
function sendAlert(description: number): (socket: Socket) => void {
  return (socket) => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, description]));
}

test.each([
  [
    40,
    "HANDSHAKE_FAILURE",
    "the server found no common ground; it may want a client certificate (tls.certFile, tls.keyFile)",
  ],
  [42, "BAD_CERTIFICATE", "the server refused the client certificate of tls.certFile as bad; check"],
  [43, "UNSUPPORTED_CERTIFICATE", "the server cannot use the client certificate of tls.certFile; get one"],
  [44, "CERTIFICATE_REVOKED", "the server finds the client certificate of tls.certFile revoked; get a new one"],
  [
    45,
    "CERTIFICATE_EXPIRED",
    "the server finds the client certificate of tls.certFile expired or not yet valid; renew",
  ],
  [46, "CERTIFICATE_UNKNOWN", "the server refused the client certificate of tls.certFile; have the server permit it"],
  [48, "UNKNOWN_CA", "the server does not trust the issuer of the client certificate of tls.certFile; have"],
  [49, "ACCESS_DENIED", "the server knows the client certificate of tls.certFile, but does not let it in; have"],
  [51, "DECRYPT_ERROR", "the server could not verify the signature of the client certificate of tls.certFile; check"],
  [70, "PROTOCOL_VERSION", "the server does not speak the TLS version of tls.minVersion; have"],
  [71, "INSUFFICIENT_SECURITY", "the server asks for stronger ciphers or keys than we offer; check"],
  [80, "INTERNAL_ERROR", "the server failed; see its log"],
  [112, "UNRECOGNIZED_NAME", "the server does not serve the name that was asked for; set tls.servername"],
  [116, "CERTIFICATE_REQUIRED", "the server wants a client certificate; set tls.certFile and tls.keyFile"],
])("alert %d, %s, is told with what to do", async (description, name, words) => {
  const failure = await answer(sendAlert(description));
  expect(failure).toMatchObject({ code: "refused", retryable: true, delivered: 0 });
  expect(failure.message).toContain(`_${name}): ${words}`);
});

test("an alert that needs no more words is told by its code", async () => {
  expect((await answer(sendAlert(120))).message).toMatch(/_NO_APPLICATION_PROTOCOL\)$/);
});

test.each([
  ["a greeting", "220 collector ready\r\n"],
  ["a web page", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ["zeros", "\0".repeat(11)],
  ["a record of impossible length", "\x16\x03\x03\xff\xffaaaaaaaaaaaa"],
])("a server that answers with %s does not speak TLS", async (_name, text) => {
  const failure = await answer((socket) => socket.write(text, "latin1"));
  expect(failure).toMatchObject({ code: "connect", retryable: true, delivered: 0 });
  expect(failure.message).toContain("the port does not speak TLS; use the port that does");
});

test("a server of TLS 1.0 is told as too old", async () => {
  const hello = `160301002a020000260301${"00".repeat(32)}00002f00`; // RFC 2246 §7.4.1.3
  const failure = await answer((socket) => socket.write(Buffer.from(hello, "hex")));
  expect(failure.code).toBe("connect");
  expect(failure.message).toContain("the server speaks only versions of TLS below tls.minVersion");
});

test.each([
  ["ends", (socket: Socket): void => void socket.end()],
  ["resets", (socket: Socket): void => void socket.resetAndDestroy()],
])("a server that %s the connection in the handshake may not speak TLS, or not like us", async (_name, leave) => {
  const failure = await answer(leave);
  expect(failure).toMatchObject({ code: "connect", retryable: true, delivered: 0 });
  expect(failure.message).toContain("the port may not speak TLS");
});

test("a server that says nothing may not speak TLS", async () => {
  const capture = await captureTcp();
  onTestFinished(capture.close);
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, connectTimeoutMs: 50 });
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure.code).toBe("timeout");
  expect(failure.message).toContain("no answer to the TLS handshake in 50 ms; the port may not speak TLS");
});

// What cannot be made to happen here, by its code.
test.each([
  ["CERT_REVOKED", "the server's certificate was revoked; it needs a new one"],
  ["UNABLE_TO_GET_ISSUER_CERT", "the server's chain has a gap; set tls.caFile"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "the issuer of the server's certificate is not trusted; set tls.caFile"],
  ["INVALID_PURPOSE", "the server's certificate is not meant for servers; it needs one for serverAuth"],
  ["INVALID_CA", "the server's certificate was signed by one that is no authority; it needs a new"],
  ["PATH_LENGTH_EXCEEDED", "an authority signed more than it may; the server needs a new"],
  ["CERT_SIGNATURE_FAILURE", "the signature of the server's certificate does not fit; set tls.caFile"],
  ["ERR_SSL_DH_KEY_TOO_SMALL", "the server offers a key exchange that is too weak; change its settings"],
  ["ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "the server refused the client certificate of tls.certFile as bad"],
])("%s is told with what to do", (code, words) => {
  const { message } = tlsFailure(endpoint, Object.assign(new Error("fault"), { code }));
  expect(message).toContain(`cannot connect to collector.example:6514 (${code}): ${words}`);
});

describe("the names of a certificate", () => {
  const misnamed = (cert: unknown): string => {
    const fault = { code: "ERR_TLS_CERT_ALTNAME_INVALID", host: "collector.example", cert };
    return tlsFailure(endpoint, Object.assign(new Error("fault"), fault)).message;
  };

  test("are made harmless", () => {
    const message = misnamed({ subjectaltname: "DNS:a\r\n<1>forged\u001b[2J\u202e\u{1f980}" });
    expect(message).toContain(
      "asked for collector.example, it holds DNS:a??<1>forged?[2J???; if that is your collector, set tls.servername to a name it holds",
    );
  });

  test("are cut to 200 characters", () => {
    expect(misnamed({ subjectaltname: "x".repeat(100_000) })).toContain(`it holds ${"x".repeat(197)}...; if that`);
    expect(misnamed({ subjectaltname: "x".repeat(200) })).toContain(`it holds ${"x".repeat(200)}; if that`);
  });

  test.each([[undefined], [{}], [{ subjectaltname: 1 }]])("may be missing: %o", (cert) => {
    expect(misnamed(cert)).toContain("it holds no name; if that is");
  });
});
