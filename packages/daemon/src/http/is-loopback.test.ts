import { expect, test } from "vitest";
import { hostOf, isLoopback } from "./is-loopback.ts";

test.each([
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["::1", true],
  ["0:0:0:0:0:0:0:1", true],
  ["localhost", true],
  ["LocalHost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["10.0.0.1", false],
  ["128.0.0.1", false],
  ["localhost.example", false],
  ["127.0.0.1.example", false],
  ["", false],
])("whether %j is loopback: %j", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ["127.0.0.1:7777", "127.0.0.1"],
  ["localhost", "localhost"],
  ["[::1]:7777", "::1"],
  ["[::1]", "::1"],
  ["evil.example:7777", "evil.example"],
  ["::1", ""],
  ["localhost:x", ""],
  ["", ""],
])("the host of %j is %j", (header, host) => {
  expect(hostOf(header)).toBe(host);
});
