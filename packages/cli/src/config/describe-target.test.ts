import { readConfig } from "@clawmetry/siem-exporter";
import { expect, test } from "vitest";
import { describeTarget } from "./describe-target.ts";

test.each([
  [{ host: "siem.example", protocol: "tls" }, "tls://siem.example:6514"],
  [{ host: "::1" }, "udp://[::1]:514"],
  [{ host: "a,b" }, "udp://a:514 or udp://b:514"],
  [{ host: "a,b,c", mode: "all" }, "udp://a:514, udp://b:514 and udp://c:514"],
  [{ host: "a,b,c,d,e", port: 1 }, "udp://a:1, udp://b:1, udp://c:1 or 2 more"],
])("%j leads to %s", (section, text) => {
  const config = readConfig({}, section);
  expect(config && describeTarget(config)).toBe(text);
});
