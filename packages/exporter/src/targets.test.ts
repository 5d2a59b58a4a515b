import { expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { nameTarget } from "./name-target.ts";
import { readConfig } from "./read-config.ts";
import { type ResolvedSiemConfig, resolveSiemConfig } from "./resolve-siem-config.ts";

function problemsOf(section: unknown, env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    readConfig(env, section);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems.map(({ message }) => message);
  }
  throw new Error("the configuration was taken");
}

function read(section: unknown, env: NodeJS.ProcessEnv = {}): ResolvedSiemConfig {
  const config = readConfig(env, section);
  if (config === undefined) throw new Error("there is no configuration");
  return config;
}

const names = (config: ResolvedSiemConfig): readonly string[] => config.targets.map(nameTarget);

test.each(["a.example,b.example", " a.example , b.example "])("several hosts in the environment: %j", (hosts) => {
  const env = { CLAWMETRY_SIEM_HOST: hosts, CLAWMETRY_SIEM_PROTOCOL: "tls", CLAWMETRY_SIEM_TLS_CA_FILE: "ca.pem" };
  const config = read(undefined, env);
  expect(names(config)).toEqual(["tls://a.example:6514", "tls://b.example:6514"]);
  expect(config).toMatchObject({ host: "a.example", mode: "failover" });
  expect(config.targets.map(({ tls }) => tls)).toEqual([{ caFile: "ca.pem" }, { caFile: "ca.pem" }]);
});

test("several hosts in the section and in code", () => {
  expect(names(read({ host: "a,::1", mode: "all" }))).toEqual(["udp://a:514", "udp://[::1]:514"]);
  expect(names(resolveSiemConfig({ host: "a,b", protocol: "tcp" }))).toEqual(["tcp://a:514", "tcp://b:514"]);
});

const HOST_RULE =
  "a host name or an IP address without scheme, brackets or port, such as siem.example, or several with commas between them";

test.each([
  ["a,,b", `must be ${HOST_RULE}, got "a,,b"`],
  ["a,", `must be ${HOST_RULE}, got "a,"`],
  [",a", `must be ${HOST_RULE}, got ",a"`],
  ["a b", `must be ${HOST_RULE}, got "a b"`],
  [
    "a:514,b",
    `must be ${HOST_RULE}, got "a:514,b": one port for all of them is CLAWMETRY_SIEM_PORT, and in siem.targets each can have its own`,
  ],
  ["a, b ,A", "must name each collector once, and it names A twice"],
  [
    Array.from({ length: 101 }, (_, index) => `h${index}`).join(","),
    "must name 100 collectors at most, and it names 101",
  ],
])("the hosts %s are refused", (hosts, message) => {
  expect(problemsOf(undefined, { CLAWMETRY_SIEM_HOST: hosts })).toEqual([`CLAWMETRY_SIEM_HOST ${message}`]);
});

test("a target takes what it does not set from the section, tls field by field", () => {
  const config = read({
    protocol: "tcp-tls",
    port: 7000,
    format: "json",
    tls: { caFile: "ca.pem", minVersion: "TLSv1.3" },
    targets: [{ host: "a" }, { host: "b", port: 7001, framing: "octet-counting", tls: { caFile: "b.pem" } }],
  });
  expect(names(config)).toEqual(["tls://a:7000", "tls://b:7001"]);
  expect(config.targets).toMatchObject([
    { framing: "newline", format: "json", tls: { caFile: "ca.pem", minVersion: "TLSv1.3" } },
    { framing: "octet-counting", format: "json", tls: { caFile: "b.pem", minVersion: "TLSv1.3" } },
  ]);
  expect(config).toMatchObject({ host: "a", port: 7000, framing: "newline", tls: { caFile: "ca.pem" } });
});

test("a target with a protocol of its own inherits nothing that this protocol has no use for", () => {
  const config = read({
    protocol: "tcp-tls",
    framing: "octet-counting",
    reconnectAfterMs: 60_000,
    tls: { caFile: "ca.pem" },
    targets: [{ host: "a" }, { host: "b", protocol: "tcp" }, { host: "c", protocol: "udp" }],
  });
  expect(config.targets.map(({ framing, reconnectAfterMs, tls }) => ({ framing, reconnectAfterMs, tls }))).toEqual([
    { framing: "octet-counting", reconnectAfterMs: 60_000, tls: { caFile: "ca.pem" } },
    { framing: "octet-counting", reconnectAfterMs: 60_000, tls: {} },
    { framing: "newline", reconnectAfterMs: 0, tls: {} },
  ]);
});

test("the environment wins over the settings beside targets, and a target over both", () => {
  const section = { format: "cef", targets: [{ host: "a" }, { host: "b", port: 1 }] };
  const config = read(section, { CLAWMETRY_SIEM_PORT: "2", CLAWMETRY_SIEM_FORMAT: "json" });
  expect(config.targets).toMatchObject([
    { host: "a", port: 2, format: "json" },
    { host: "b", port: 1, format: "json" },
  ]);
});

test("a host in the environment replaces the targets of the section", () => {
  const section = { format: "json", targets: [{ host: "a", port: "bad, but not used" }] };
  const config = read(section, { CLAWMETRY_SIEM_HOST: "env.example" });
  expect(names(config)).toEqual(["udp://env.example:514"]);
  expect(config.format).toBe("json");
});

test("in a failover the smallest cap counts, and the longest replay window", () => {
  const mixed = { protocol: "tcp", targets: [{ host: "a" }, { host: "b", protocol: "udp" }] };
  expect(read(mixed)).toMatchObject({ maxMessageBytes: 1400, replayWindowMs: 2000 });
  expect(read({ ...mixed, maxMessageBytes: 4000 })).toMatchObject({ maxMessageBytes: 4000 });
  expect(
    read({
      ...mixed,
      targets: [
        { host: "a", maxMessageBytes: 900 },
        { host: "b", protocol: "udp" },
      ],
    }),
  ).toMatchObject({
    targets: [{ maxMessageBytes: 900 }, { maxMessageBytes: 900 }],
  });
});

test("with mode all, each target has a format, a cap and a queue of its own", () => {
  const config = read({
    mode: "all",
    protocol: "tcp",
    tenant: "acme",
    targets: [{ host: "a" }, { host: "b", protocol: "udp", receiver: "graylog", tenant: "other", queueEvents: 5 }],
  });
  expect(config.targets).toMatchObject([
    { format: "cef", maxMessageBytes: 8000, replayWindowMs: 2000, tenant: "acme", queueEvents: 10_000 },
    { format: "json", maxMessageBytes: 1400, replayWindowMs: 0, tenant: "other", queueEvents: 5 },
  ]);
});

test.each([
  [[{ host: "a", format: "json" }], "siem.targets[0].format", "siem.format"],
  [[{ host: "a" }, { host: "b", queueEvents: 5 }], "siem.targets[1].queueEvents", "siem.queueEvents"],
])("in a failover, a target cannot have what all share", (targets, setting, shared) => {
  expect(problemsOf({ targets })).toEqual([
    `${setting} must not be set: the targets of a failover share it; set ${shared} for all of them, or siem.mode to all`,
  ]);
});

test("every rule holds for each target, under the name of where the value is", () => {
  const targets = [
    { host: "a:514", port: 0 },
    { host: "b", protocol: "tcp", tls: { caFile: "b.pem" } },
    { host: "c", protocol: "tls", tls: { certFile: "c.pem" }, ports: 1, hostname: "x" },
    { host: "d", framing: "octet-counting" },
    "e",
    { port: 514 },
    { host: "g,h" },
  ];
  const name = "a host name or an IP address without scheme, brackets or port, such as siem.example";
  expect(problemsOf({ targets })).toEqual([
    "siem.targets[2].ports is not a setting, did you mean port?",
    "siem.targets[2].hostname is not a setting of one target: set siem.hostname",
    `siem.targets[0].host must be ${name}, got "a:514": the port is siem.targets[0].port`,
    "siem.targets[0].port must be an integer from 1 to 65535, got 0",
    'siem.targets[4] must be an object with the settings of one target, got "e"',
    `siem.targets[5].host must be ${name}, got undefined`,
    `siem.targets[6].host must be ${name}, got "g,h"`,
    "siem.targets[1].tls.caFile needs siem.targets[1].protocol to be tcp-tls or relp-tls, and it is tcp",
    "siem.targets[2].tls.certFile needs siem.targets[2].tls.keyFile, which is not set",
    "siem.targets[3].framing must not be octet-counting with siem.targets[3].protocol udp: a datagram is its own frame",
  ]);
});

test("a fault in what targets share is told once, under its own name", () => {
  const env = { CLAWMETRY_SIEM_TLS_CERT_FILE: "c.pem", CLAWMETRY_SIEM_PROTOCOL: "tls" };
  expect(problemsOf({ targets: [{ host: "a" }, { host: "b" }] }, env)).toEqual([
    "CLAWMETRY_SIEM_TLS_CERT_FILE needs CLAWMETRY_SIEM_TLS_KEY_FILE, which is not set",
  ]);
});

test("two targets that are the same are refused, on another port they are not", () => {
  const targets = [{ host: "a" }, { host: "a", port: 515 }, { host: "A", port: 514 }];
  expect(problemsOf({ targets })).toEqual([
    "siem.targets[2].host must not lead where siem.targets[0] leads already: udp://A:514",
  ]);
});

test.each([
  [
    { host: "a", targets: [{ host: "b" }] },
    "must not be set together with siem.host: one of them names the collectors",
  ],
  [{ targets: [] }, "must be a list of 1 to 100 targets, got 0"],
  [{ targets: { host: "a" } }, "must be a list of 1 to 100 targets, got an object"],
  [
    { targets: Array.from({ length: 101 }, (_, index) => ({ host: `h${index}` })) },
    "must be a list of 1 to 100 targets, got 101",
  ],
])("the targets of %j are refused", (section, message) => {
  expect(problemsOf(section)).toEqual([`siem.targets ${message}`]);
});

test("no message about a target shows a secret", () => {
  const targets = [
    { host: "me:hunter2@a" },
    { host: "b", protocol: "tls", tls: { keyPassphrase: ["hunter2"], keyFile: 5 } },
    { host: "c", protocol: "tls", tls: "hunter2" },
  ];
  const messages = problemsOf({ targets });
  expect(messages.length).toBeGreaterThanOrEqual(4);
  expect(messages.filter((message) => message.includes("hunter2"))).toEqual([]);
});

const SEVERAL = [
  {
    mode: "failover",
    protocol: "tls",
    tls: { certFile: "c", keyFile: "k" },
    targets: [{ host: "a" }, { host: "b", protocol: "udp" }],
  },
  {
    mode: "all",
    format: "json",
    targets: [
      { host: "a", format: "cef" },
      { host: "b", protocol: "tls", tls: { caFile: "ca" } },
    ],
  },
  { host: "a,b", hostname: "gw", tenant: "acme" },
];

test.each(SEVERAL)("several targets that are resolved again stay as they are: %j", (section) => {
  const once = resolveSiemConfig(section);
  expect(once.targets).toHaveLength(2);
  expect(resolveSiemConfig(once)).toEqual(once);
});

test.each(SEVERAL)("what is changed beside resolved targets counts for all of them: %j", (section) => {
  const changed = resolveSiemConfig({
    ...resolveSiemConfig(section),
    heartbeatSeconds: 0,
    maxMessageBytes: 1000,
    hostname: "h",
  });
  const own = { heartbeatSeconds: 0, maxMessageBytes: 1000, hostname: "h" };
  expect(changed).toMatchObject({ ...own, targets: [own, own] });
  expect(changed.targets.map(({ host }) => host)).toEqual(["a", "b"]);
});

test("nobody who asked for TLS gets clear text from every target", () => {
  const targets = [
    { host: "a", protocol: "tcp" },
    { host: "b", protocol: "udp" },
  ];
  expect(problemsOf({ protocol: "tls", tls: { caFile: "ca.pem" }, targets })).toEqual([
    "siem.protocol asks for TLS, and each of the targets names a protocol without it",
    "siem.tls.caFile asks for TLS, and each of the targets names a protocol without it",
  ]);
  const [first, ...others] = targets;
  expect(resolveSiemConfig({ protocol: "tls", targets: [{ host: first?.host }, ...others] }).targets).toHaveLength(2);
});

test("targets that went through JSON keep what each has of its own, also in tls", () => {
  const fingerprint256 = "AB".repeat(32);
  const once = resolveSiemConfig({
    protocol: "tcp-tls",
    tls: { minVersion: "TLSv1.2" },
    targets: [
      { host: "a", tls: { servername: "one" } },
      { host: "b", tls: { servername: "two", fingerprint256 } },
    ],
  });
  const again = resolveSiemConfig(JSON.parse(JSON.stringify(once)));
  expect(again.targets.map(({ tls }) => tls)).toEqual(once.targets.map(({ tls }) => tls));
  const changed = resolveSiemConfig({ ...once, tls: { ...once.targets[0]?.tls, minVersion: "TLSv1.3" } });
  expect(changed.targets.map(({ tls }) => tls)).toEqual([
    { minVersion: "TLSv1.3", servername: "one" },
    { minVersion: "TLSv1.3", servername: "two", fingerprint256 },
  ]);
});

test("one resolved target can be led elsewhere, of several none can", () => {
  const one = resolveSiemConfig({ host: "a", port: 1 });
  expect(names(resolveSiemConfig({ ...one, host: "b" }))).toEqual(["udp://b:1"]);
  expect(() => resolveSiemConfig({ ...resolveSiemConfig({ host: "a,b" }), host: "c" })).toThrow(
    "targets must not be set together with host: one of them names the collectors",
  );
});

test("a target with RELP inherits what RELP has a use for, and one without it does not", () => {
  const config = resolveSiemConfig({
    mode: "all",
    protocol: "relp-tls",
    relpWindow: 64,
    reconnectAfterMs: 1000,
    tls: { caFile: "ca.pem" },
    targets: [
      { host: "a" },
      { host: "b", protocol: "relp" },
      { host: "c", protocol: "tcp-tls" },
      { host: "d", protocol: "udp" },
    ],
  });
  const { targets } = config;
  expect(
    targets.map(({ protocol, port, relpWindow, reconnectAfterMs, tls }) => [
      protocol,
      port,
      relpWindow,
      reconnectAfterMs,
      tls,
    ]),
  ).toEqual([
    ["relp-tls", 2514, 64, 1000, { caFile: "ca.pem" }],
    ["relp", 2514, 64, 1000, {}],
    ["tcp-tls", 6514, undefined, 1000, { caFile: "ca.pem" }],
    ["udp", 514, undefined, 0, {}],
  ]);
});

test("a target with RELP inherits no framing", () => {
  const shared = { mode: "all", protocol: "tcp", framing: "octet-counting" };
  const { targets } = resolveSiemConfig({ ...shared, targets: [{ host: "a" }, { host: "b", protocol: "relp" }] });
  expect(targets.map(({ framing }) => framing)).toEqual(["octet-counting", "newline"]);
});
