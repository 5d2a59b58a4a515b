import { expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { resolveSiemConfig } from "./resolve-siem-config.ts";

test("a configuration that is resolved again stays as it is", () => {
  const once = resolveSiemConfig({ host: "siem.example", protocol: "tls", format: "json", tls: { caFile: "ca.pem" } });
  expect(once).toMatchObject({ protocol: "tcp-tls", port: 6514, content: "all", maxMessageBytes: 8000 });
  expect(resolveSiemConfig(once)).toEqual(once);
});

test("fields that are undefined are unset", () => {
  const config = { host: "siem.example", port: undefined, protocol: "tls", tls: { caFile: undefined } };
  expect(resolveSiemConfig(config)).toMatchObject({ port: 6514, tls: {} });
});

test("problems have the names of the fields", () => {
  const resolve = () => resolveSiemConfig({ port: 0, heartbeatSecond: 1, tls: { caFiles: "x" } });
  expect(resolve).toThrow(ConfigError);
  expect(resolve).toThrow(
    "heartbeatSecond is not a setting, did you mean heartbeatSeconds?; " +
      "tls.caFiles is not a setting, did you mean tls.caFile?; " +
      "host must be a host name or an IP address without scheme, brackets or port, such as siem.example, or several with commas between them, got undefined; " +
      "port must be an integer from 1 to 65535, got 0",
  );
});

test.each([undefined, null, "siem.example", 5, []])("%o is no configuration", (config) => {
  expect(() => resolveSiemConfig(config)).toThrow(ConfigError);
});
