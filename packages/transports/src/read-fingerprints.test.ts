import { expect, test } from "vitest";
import { readFingerprints } from "./read-fingerprints.ts";

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
  expect(readFingerprints(text)).toEqual([PLAIN]);
});

test.each([
  PLAIN.slice(1),
  `${PLAIN}0`,
  `${PLAIN.slice(1)}G`,
  COLONS.slice(0, -3),
  COLONS.replace(":", ""),
  COLONS.replaceAll(":", " "),
  `sha1:${PLAIN}`,
])("the fingerprint %j is refused, and not repeated in the error", (text) => {
  expect(() => readFingerprints(text)).toThrow(
    "tls.fingerprint256 must be a SHA-256 fingerprint of 64 hex digits, or several, got string",
  );
});

const OTHER = "FEDCBA9876543210".repeat(4);

test.each([
  [[PLAIN, OTHER.toLowerCase()]],
  [`${PLAIN},${OTHER}`],
  [`SHA256:${COLONS}, sha-256:${OTHER}`],
  [` ${PLAIN}\n\t${OTHER} `],
  [[`${PLAIN} ${OTHER}`, COLONS]],
])("several are understood in %j, each once", (value) => {
  expect(readFingerprints(value)).toEqual([PLAIN, OTHER]);
});

test.each([[""], [" , "], [[]], [[""]]])("none at all is refused: %j", (value) => {
  expect(() => readFingerprints(value)).toThrow("tls.fingerprint256 must be at least one SHA-256 fingerprint");
});

test("one that is wrong spoils the list", () => {
  expect(() => readFingerprints([PLAIN, "aa"])).toThrow("tls.fingerprint256 must be a SHA-256 fingerprint");
});

test("what is no text is refused", () => {
  const value = [1] as unknown as string[]; // as it may come from a program without types
  expect(() => readFingerprints(value)).toThrow("tls.fingerprint256 must be a SHA-256 fingerprint");
});
