import { expect, test } from "vitest";
import { tlsTransport } from "./tls.ts";
import { readFingerprint } from "./tls-options.ts";

const PLAIN = "0123456789ABCDEF".repeat(4);
const COLONS = "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF";

test.each([
  PLAIN,
  COLONS,
  PLAIN.toLowerCase(),
  COLONS.toLowerCase(),
  `SHA256:${PLAIN}`,
  `sha256:${COLONS}`,
  `sha-256:${COLONS}`,
  `SHA-256:${PLAIN}`,
  ` ${PLAIN}\n`,
])("the fingerprint %j is understood", (text) => {
  expect(readFingerprint(text)).toBe(PLAIN);
});

test.each([
  "",
  PLAIN.slice(1),
  `${PLAIN}0`,
  `${PLAIN.slice(1)}G`,
  COLONS.slice(0, -3),
  COLONS.replace(":", ""),
  COLONS.replaceAll(":", " "),
  `sha1:${PLAIN}`,
])("the fingerprint %j is refused, and not repeated in the error", (text) => {
  expect(() => readFingerprint(text)).toThrow(
    "tls.fingerprint256 must be a SHA-256 fingerprint of 64 hex digits, got string",
  );
});

test.each([
  [{ certFile: "a" }, "tls.keyFile must be set when tls.certFile is, got undefined"],
  [{ keyFile: "a" }, "tls.certFile must be set when tls.keyFile is, got undefined"],
  [{ keyPassphrase: "secret" }, "tls.keyFile must be set when tls.keyPassphrase is, got undefined"],
  [{ caFile: "" }, "tls.caFile must be the name of a file, got string"],
  [{ servername: "" }, "tls.servername must be a host name or an IP address, got string"],
  [{ minVersion: "TLSv1.1" as "TLSv1.2" }, 'tls.minVersion must be "TLSv1.2" or "TLSv1.3", got string'],
  [{ fingerprint256: "aa" }, "tls.fingerprint256 must be a SHA-256 fingerprint of 64 hex digits, got string"],
])("tls options %o are refused", (tls, message) => {
  expect(() => tlsTransport({ host: "h", tls })).toThrow(message);
});

test("a settle time of nothing is refused", () => {
  expect(() => tlsTransport({ host: "h", settleMs: 0 })).toThrow("settleMs must be a number of milliseconds above 0");
});
