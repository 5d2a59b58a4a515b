import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TlsOptions as ServerOptions } from "node:tls";
import { type TransportError } from "@clawmetry/siem-core";
import { captureTls, createCertificates, failureOf, patient } from "@clawmetry/siem-testkit";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type TlsIdentityOptions, type TlsOptions, tlsTransport } from "./tls.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const { ca, otherCa, server, wrongName, expired, notYetValid, weak, selfSigned } = certificates;
const { client, encryptedClient, otherClient } = certificates;
const trusting = { caFile: ca.certFile };

async function listen(options: ServerOptions): ReturnType<typeof captureTls> {
  const capture = await captureTls(options);
  onTestFinished(capture.close);
  return capture;
}

/** Sends one message to a new server and gives what the server got. */
async function deliver(
  options: ServerOptions,
  tls: TlsIdentityOptions,
  host = "127.0.0.1",
): Promise<readonly string[]> {
  const capture = await listen(options);
  const transport = tlsTransport({ host, port: capture.port, tls, settleMs: 50 });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length > 0);
  return capture.messages;
}

/** Sends one message to a new server, which must fail before the server gets a byte of it. */
async function refuse(
  options: ServerOptions,
  tls: TlsIdentityOptions,
  more: Partial<TlsOptions> = {},
): Promise<TransportError> {
  const capture = await listen(options);
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, tls, settleMs: 1000, ...more });
  const failure = await failureOf(transport.send(["<1>secret"], patient()));
  expect(failure).toMatchObject({ retryable: true, delivered: 0 });
  expect(failure.message).toContain(`cannot connect to ${more.host ?? "127.0.0.1"}:${capture.port}`);
  expect(failure.message).not.toContain("secret");
  await transport.close();
  await capture.close();
  expect(capture.bytes().toString()).toBe("");
  return failure;
}

describe("the certificate of the server", () => {
  test.each([
    ["has expired", expired, trusting, "(CERT_HAS_EXPIRED): the server's certificate, or one of its authorities', has"],
    ["is not valid yet", notYetValid, trusting, "(CERT_NOT_YET_VALID): the server's certificate, or one of its"],
    [
      "is for another name",
      wrongName,
      trusting,
      "(ERR_TLS_CERT_ALTNAME_INVALID): the certificate is for another name: asked for 127.0.0.1, it holds DNS:wrong.example; if that is your collector, set tls.servername",
    ],
    [
      "is from an authority that is not ours",
      server,
      { caFile: otherCa.certFile },
      "(UNABLE_TO_VERIFY_LEAF_SIGNATURE): the issuer of the server's certificate is not trusted; set tls.caFile",
    ],
    ["is from an authority that nobody knows", server, {}, "(UNABLE_TO_VERIFY_LEAF_SIGNATURE): the issuer of"],
    [
      "comes with the root of an authority that is not ours",
      { cert: `${server.cert}\n${ca.cert}`, key: server.key },
      { caFile: otherCa.certFile },
      "(SELF_SIGNED_CERT_IN_CHAIN): the root of the server's chain is not trusted; set tls.caFile",
    ],
    [
      "signed itself",
      selfSigned,
      {},
      "(DEPTH_ZERO_SELF_SIGNED_CERT): the server's certificate signed itself; set tls.caFile to it, or tls.fingerprint256",
    ],
    ["signed itself, and another authority is trusted", selfSigned, trusting, "(DEPTH_ZERO_SELF_SIGNED_CERT): "],
  ] as const)("is refused when it %s", async (_name, { cert, key }, tls, words) => {
    const failure = await refuse({ cert, key }, tls);
    expect(failure.code).toBe("connect");
    expect(failure.message).toContain(words);
  });

  test("is refused when its key is too weak", async () => {
    const { cert, key, certFile } = weak;
    const failure = await refuse({ cert, key, ciphers: "DEFAULT@SECLEVEL=0" }, { caFile: certFile });
    expect(failure.code).toBe("connect");
    expect(failure.message).toContain("a key or a signature that is too weak; it needs a new certificate");
  });

  test("is refused whatever the environment says", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    onTestFinished(() => {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    });
    expect(await refuse(server, {})).toMatchObject({ code: "connect" });
  });

  test.each(["localhost", "127.0.0.1"])("is taken for %s, which it holds", async (host) => {
    expect(await deliver(server, trusting, host)).toEqual(["<1>one"]);
  });

  test("is checked against tls.servername when that is set", async () => {
    expect(await deliver(wrongName, { ...trusting, servername: "wrong.example" })).toEqual(["<1>one"]);
    expect((await refuse(server, { ...trusting, servername: "wrong.example" })).message).toContain("ALTNAME_INVALID");
    expect(await deliver(server, { ...trusting, servername: "127.0.0.1" })).toEqual(["<1>one"]);
  });
});

describe("a pin", () => {
  const pinTo = ({ fingerprint256 }: { readonly fingerprint256: string }): TlsIdentityOptions => ({ fingerprint256 });

  test("that is equal lets the certificate of an authority pass", async () => {
    expect(await deliver(server, { ...trusting, ...pinTo(server) })).toEqual(["<1>one"]);
  });

  test("that is not equal refuses a certificate that is good otherwise", async () => {
    const failure = await refuse(server, { ...trusting, ...pinTo(client) });
    expect(failure.code).toBe("connect");
    expect(failure.message).toContain("(ERR_CERT_FINGERPRINT_MISMATCH): the server's certificate has the SHA-256");
    expect(failure.message).toContain(`fingerprint ${server.fingerprint256}, which`); // for the operator to compare
  });

  test.each([
    ["in a list", [client.fingerprint256, server.fingerprint256]],
    ["in one text", `${client.fingerprint256}, ${server.fingerprint256}`],
  ])("may be one of several %s", async (_name, fingerprint256) => {
    expect(await deliver(server, { ...trusting, fingerprint256 })).toEqual(["<1>one"]);
    expect((await refuse(selfSigned, { fingerprint256 })).message).toContain("FINGERPRINT_MISMATCH");
  });

  test.each([
    ["has expired", expired, "CERT_HAS_EXPIRED"],
    ["is for another name", wrongName, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("that is equal does not help a certificate that %s", async (_name, certificate, code) => {
    expect((await refuse(certificate, { ...trusting, ...pinTo(certificate) })).message).toContain(code);
  });

  test("alone takes the certificate that signed itself and is equal", async () => {
    expect(await deliver(selfSigned, pinTo(selfSigned))).toEqual(["<1>one"]);
  });

  test.each([
    ["another that signed itself", selfSigned, server, "ERR_CERT_FINGERPRINT_MISMATCH"],
    ["one that an unknown authority signed", server, server, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["one that has expired", certificates.selfSignedExpired, certificates.selfSignedExpired, "CERT_HAS_EXPIRED"],
    [
      "one for another name",
      certificates.selfSignedWrongName,
      certificates.selfSignedWrongName,
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
  ])("alone refuses %s", async (_name, certificate, pinned, code) => {
    expect((await refuse(certificate, pinTo(pinned))).message).toContain(`(${code})`);
  });

  test("with an authority does not stand in for that authority", async () => {
    const failure = await refuse(selfSigned, { ...trusting, ...pinTo(selfSigned) });
    expect(failure.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });
});

describe.each([
  ["TLSv1.2", "connect"], // this server cuts the handshake short without an alert
  ["TLSv1.3", "refused"],
] as const)("a server that wants a client certificate over %s", (version, code) => {
  const demanding: ServerOptions = {
    ...{ cert: server.cert, key: server.key, ca: ca.cert },
    ...{ requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version },
  };
  const showing = ({ certFile, keyFile }: typeof client): TlsIdentityOptions => ({ ...trusting, certFile, keyFile });

  test("gets the one we have", async () => {
    expect(await deliver(demanding, showing(client))).toEqual(["<1>one"]);
  });

  test("gets one with an encrypted key", async () => {
    const keyPassphrase = encryptedClient.passphrase;
    expect(await deliver(demanding, { ...showing(encryptedClient), keyPassphrase })).toEqual(["<1>one"]);
  });

  test("refuses us without one before anything is sent", async () => {
    expect((await refuse(demanding, trusting)).code).toBe("refused");
  });

  test("refuses us with one of another authority before anything is sent", async () => {
    expect((await refuse(demanding, showing(otherClient))).code).toBe(code);
  });
});

test("a server that ends the connection after the handshake has refused us", async () => {
  const options: ServerOptions = { cert: server.cert, key: server.key, maxVersion: "TLSv1.2" };
  const capture = await captureTls(options, { onConnection: (socket) => socket.end() });
  onTestFinished(capture.close);
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, tls: trusting, settleMs: 1000 });
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "refused", retryable: true, delivered: 0 });
  expect(failure.message).toContain("right after the handshake");
});

test("a version of TLS that is too old is refused", async () => {
  const failure = await refuse(
    { cert: server.cert, key: server.key, maxVersion: "TLSv1.2" },
    { ...trusting, minVersion: "TLSv1.3" },
  );
  expect(failure.code).toBe("refused");
  expect(failure.message).toContain(
    "does not speak the TLS version of tls.minVersion; have the server speak a newer one",
  );
});

test("the peer tells the version of TLS and the end of the certificate", async () => {
  const capture = await listen({ cert: server.cert, key: server.key });
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, tls: trusting });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  expect(transport.peer).toMatchObject({ address: "127.0.0.1", port: capture.port, tlsVersion: "TLSv1.3" });
  const inDays = ((transport.peer?.certValidToMs ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(inDays)).toBe(19); // 20 days, of which one has passed
});

test.each([
  ["caFile", { caFile: "/nowhere/ca.pem" }],
  ["certFile", { ...trusting, certFile: "/nowhere/client.pem", keyFile: client.keyFile }],
  ["keyFile", { ...trusting, certFile: client.certFile, keyFile: "/nowhere/client.key" }],
])("a %s that cannot be read is named, and its path is not", async (option, tls) => {
  const { message, code, cause } = await refuse(server, tls);
  expect(code).toBe("connect");
  expect(message).toContain(`the file of tls.${option} cannot be read (ENOENT)`);
  expect(message).not.toContain("nowhere");
  expect(cause).toBeUndefined();
});

test.each([
  ["a key where certificates should be", { caFile: client.keyFile }, "the file of tls.caFile holds no PEM certificate"],
  [
    "a certificate where the key should be",
    { ...trusting, certFile: client.certFile, keyFile: client.certFile },
    "the file of tls.keyFile holds no PEM private key",
  ],
  [
    "a key of another certificate",
    { ...trusting, certFile: client.certFile, keyFile: otherClient.keyFile },
    "they do not fit together",
  ],
  [
    "a passphrase that is wrong",
    { ...trusting, certFile: encryptedClient.certFile, keyFile: encryptedClient.keyFile, keyPassphrase: "secret" },
    "tls.keyPassphrase: they do not fit together",
  ],
])("%s is told without its content", async (_name, tls, reason) => {
  expect((await refuse(server, tls)).message).toContain(reason);
});

test("a folder of authorities is trusted, and read again at the next connect", async () => {
  const caFile = await mkdtemp(join(tmpdir(), "siem-authorities-"));
  onTestFinished(() => rm(caFile, { recursive: true }));
  expect((await refuse(server, { caFile })).message).toContain(
    "the file of tls.caFile is a folder in which no file holds a PEM certificate",
  );
  await writeFile(join(caFile, "other.pem"), otherCa.cert);
  expect((await refuse(server, { caFile })).message).toContain("UNABLE_TO_VERIFY");
  await writeFile(join(caFile, "ours.pem"), ca.cert);
  expect(await deliver(server, { caFile })).toEqual(["<1>one"]);
});

test("the name that is asked for goes to the server, an address does not", async () => {
  const asked: (string | null)[] = [];
  const options: ServerOptions = {
    cert: server.cert,
    key: server.key,
    SNICallback: (name, done) => {
      asked.push(name);
      done(null);
    },
  };
  await deliver(options, { ...trusting, servername: "localhost" });
  await deliver(options, trusting);
  expect(asked).toEqual(["localhost"]);
});

test("files are read again at the next connect", async () => {
  const folder = await mkdtemp(join(tmpdir(), "siem-rotation-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, otherCa.cert);
  const capture = await listen({ cert: server.cert, key: server.key });
  const transport = tlsTransport({ host: "127.0.0.1", port: capture.port, tls: { caFile } });
  onTestFinished(transport.close);
  expect((await failureOf(transport.send(["<1>one"], patient()))).message).toContain("UNABLE_TO_VERIFY");
  await writeFile(caFile, ca.cert);
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length === 1);
});
