import { expect, test } from "vitest";
import { tlsTransport } from "./tls.ts";

test.each([
  [{ certFile: "a" }, "tls.keyFile must be set when tls.certFile is, got undefined"],
  [{ keyFile: "a" }, "tls.certFile must be set when tls.keyFile is, got undefined"],
  [{ keyPassphrase: "secret" }, "tls.keyFile must be set when tls.keyPassphrase is, got undefined"],
  [{ caFile: "" }, "tls.caFile must be the name of a file, got string"],
  [{ servername: "" }, "tls.servername must be a host name or an IP address, got string"],
  [{ minVersion: "TLSv1.1" as "TLSv1.2" }, 'tls.minVersion must be "TLSv1.2" or "TLSv1.3", got string'],
  [
    { fingerprint256: "aa" },
    "tls.fingerprint256 must be a SHA-256 fingerprint of 64 hex digits, or several, got string",
  ],
  [{ fingerprint256: [] }, "tls.fingerprint256 must be at least one SHA-256 fingerprint, got object"],
])("tls options %o are refused", (tls, message) => {
  expect(() => tlsTransport({ host: "h", tls })).toThrow(message);
});

test("a settle time of nothing is refused", () => {
  expect(() => tlsTransport({ host: "h", settleMs: 0 })).toThrow("settleMs must be a number of milliseconds above 0");
});
