import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "./parse-address.ts";

test.each([
  ["5514", { host: "127.0.0.1", port: 5514 }],
  ["0", { host: "127.0.0.1", port: 0 }],
  ["0.0.0.0:514", { host: "0.0.0.0", port: 514 }],
  ["localhost:65535", { host: "localhost", port: 65535 }],
  ["[::1]:5514", { host: "::1", port: 5514 }],
  ["65536", undefined],
  ["::1:5514", undefined],
  ["host", undefined],
  ["host:", undefined],
  ["-1", undefined],
  ["", undefined],
])("%s is read as %j", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test("an IPv6 address is written in brackets", () => {
  expect(formatAddress({ host: "::1", port: 1 })).toBe("[::1]:1");
  expect(formatAddress({ host: "127.0.0.1", port: 1 })).toBe("127.0.0.1:1");
});
