import { hostname } from "node:os";
import { expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { environmentSettings } from "./environment-settings.ts";
import { nameTarget } from "./name-target.ts";
import { readConfig } from "./read-config.ts";

const HOST = { CLAWMETRY_SIEM_HOST: "siem.example" };
const TLS = { ...HOST, CLAWMETRY_SIEM_PROTOCOL: "tcp-tls" };
const PIN = "AB".repeat(32);

function problemsOf(env: NodeJS.ProcessEnv, section?: unknown): readonly string[] {
  try {
    readConfig(env, section);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems.map(({ message }) => message);
  }
  throw new Error("the configuration was taken");
}

test("a host alone gives every default", () => {
  const target = {
    host: "siem.example",
    port: 514,
    protocol: "udp",
    format: "cef",
    facility: 16,
    appName: "clawmetry",
    syslog: "rfc5424",
    framing: "newline",
    cefNewlines: "escape",
    cefEquals: "escape",
    hostname: hostname(),
    content: "tools",
    jsonData: "object",
    lifecycleEvents: "off",
    heartbeatSeconds: 300,
    maxMessageBytes: 1400,
    queueEvents: 10_000,
    queueBytes: 33_554_432,
    dropPolicy: "least-severe",
    sessionShare: 0.5,
    replayWindowMs: 0,
    reconnectAfterMs: 0,
    tls: {},
  };
  expect(readConfig(HOST)).toEqual({ ...target, mode: "failover", targets: [target] });
});

test("the defaults follow protocol and format", () => {
  expect(readConfig({ ...HOST, CLAWMETRY_SIEM_PROTOCOL: "tcp" })).toMatchObject({
    port: 514,
    maxMessageBytes: 8000,
    replayWindowMs: 2000,
  });
  expect(readConfig(TLS)).toMatchObject({ port: 6514, maxMessageBytes: 8000, replayWindowMs: 2000 });
  expect(readConfig({ ...HOST, CLAWMETRY_SIEM_FORMAT: "json" })).toMatchObject({ content: "all" });
});

test.each([
  ["nothing", {}, undefined],
  ["an empty host", { CLAWMETRY_SIEM_HOST: " " }, undefined],
  ["everything but a host, and bad at that", { CLAWMETRY_SIEM_PORT: "x" }, { port: "y" }],
  ["an empty section", {}, {}],
  ["a section of null", {}, null],
])("%s is no configuration", (_name, env, section) => {
  expect(readConfig(env, section)).toBeUndefined();
});

test.each([
  ["HOST", "::1", { host: "::1" }],
  ["HOST", "fe80::1%eth0", { host: "fe80::1%eth0" }],
  ["HOST", " 192.0.2.7 ", { host: "192.0.2.7" }],
  ["PORT", "1514", { port: 1514 }],
  ["PROTOCOL", "tcp", { protocol: "tcp" }],
  ["PROTOCOL", "tcp-tls", { protocol: "tcp-tls" }],
  ["PROTOCOL", "tls", { protocol: "tcp-tls" }],
  ["FORMAT", "json", { format: "json" }],
  ["FACILITY", "0", { facility: 0 }],
  ["FACILITY", "23", { facility: 23 }],
  ["FACILITY", "Local3", { facility: 19 }],
  ["FACILITY", "authpriv", { facility: 10 }],
  ["APPNAME", "agents", { appName: "agents" }],
  ["SYSLOG", "rfc3164", { syslog: "rfc3164" }],
  ["SYSLOG", "none", { syslog: "none" }],
  ["RECEIVER", "splunk", { receiver: "splunk", format: "cef" }],
  ["RECEIVER", "graylog", { receiver: "graylog", format: "json", content: "tools" }],
  ["CEF_NEWLINES", "space", { cefNewlines: "space" }],
  ["CEF_EQUALS", "fullwidth", { cefEquals: "fullwidth" }],
  ["HOSTNAME", "gateway.test", { hostname: "gateway.test" }],
  ["CONTENT", "none", { content: "none" }],
  ["JSON_DATA", "string", { jsonData: "string" }],
  ["TENANT", "acme", { tenant: "acme" }],
  ["ENVIRONMENT", "prod", { environment: "prod" }],
  ["HEARTBEAT_SECONDS", "0", { heartbeatSeconds: 0 }],
  ["MAX_MESSAGE_BYTES", "480", { maxMessageBytes: 480 }],
  ["QUEUE_EVENTS", "5", { queueEvents: 5 }],
  ["QUEUE_BYTES", "1048576", { queueBytes: 1_048_576 }],
  ["DROP_POLICY", "oldest", { dropPolicy: "oldest" }],
  ["SESSION_SHARE", "0.25", { sessionShare: 0.25 }],
  ["SESSION_SHARE", "1", { sessionShare: 1 }],
  ["REPLAY_WINDOW_MS", "60000", { replayWindowMs: 60_000 }],
  ["RECONNECT_AFTER_MS", "0", { reconnectAfterMs: 0 }],
  ["MODE", "all", { mode: "all" }],
])("CLAWMETRY_SIEM_%s=%s", (name, value, expected) => {
  expect(readConfig({ ...HOST, [`CLAWMETRY_SIEM_${name}`]: value })).toMatchObject(expected);
});

test.each([
  [{ FRAMING: "octet-counting" }, { framing: "octet-counting" }],
  [{ TLS_CA_FILE: "ca.pem" }, { tls: { caFile: "ca.pem" } }],
  [{ TLS_CERT_FILE: "c.pem", TLS_KEY_FILE: "k.pem" }, { tls: { certFile: "c.pem", keyFile: "k.pem" } }],
  [
    { TLS_CERT_FILE: "c.pem", TLS_KEY_FILE: "k.pem", TLS_KEY_PASSPHRASE: " with spaces " },
    { tls: { certFile: "c.pem", keyFile: "k.pem", keyPassphrase: " with spaces " } },
  ],
  [{ RECONNECT_AFTER_MS: "86400000" }, { reconnectAfterMs: 86_400_000 }],
  [{ TLS_SERVERNAME: "collector.example" }, { tls: { servername: "collector.example" } }],
  [{ TLS_FINGERPRINT256: `sha-256:${PIN}` }, { tls: { fingerprint256: `sha-256:${PIN}` } }],
  [{ TLS_FINGERPRINT256: `${PIN}, ${PIN}` }, { tls: { fingerprint256: `${PIN}, ${PIN}` } }],
  [{ TLS_FINGERPRINT256: `${PIN} sha256:${PIN}` }, { tls: { fingerprint256: `${PIN} sha256:${PIN}` } }],
  [{ TLS_MIN_VERSION: "TLSv1.3" }, { tls: { minVersion: "TLSv1.3" } }],
])("over TLS: %o", (settings, expected) => {
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`CLAWMETRY_SIEM_${name}`, value]));
  expect(readConfig({ ...TLS, ...env })).toMatchObject(expected);
});

const NAME_RULE = "a host name or an IP address without scheme, brackets or port, such as siem.example";
const HOST_RULE = `${NAME_RULE}, or several with commas between them`;
const PIN_RULE = "a SHA-256 fingerprint of 64 hex digits, with or without colons, or several with commas between them";
const FACILITY_RULE = "a number from 0 to 23 or a name such as local0";

test.each([
  ["HOST", "siem.example:514", `must be ${HOST_RULE}, got "siem.example:514": the port is CLAWMETRY_SIEM_PORT`],
  ["HOST", "[::1]:514", `must be ${HOST_RULE}, got "[::1]:514": the port is CLAWMETRY_SIEM_PORT`],
  [
    "HOST",
    "tcp://siem.example:514",
    `must be ${HOST_RULE}, got "tcp://siem.example:514": the port is CLAWMETRY_SIEM_PORT`,
  ],
  ["HOST", "siem.example:syslog", `must be ${HOST_RULE}, got "siem.example:syslog"`],
  ["HOST", "[::1]", `must be ${HOST_RULE}, got "[::1]"`],
  ["HOST", "tcp://siem.example", `must be ${HOST_RULE}, got "tcp://siem.example"`],
  ["HOST", "me:geheim@siem.example", `must be ${HOST_RULE}, got text that is not shown: it may hold a secret`],
  ["PORT", "5x", 'must be an integer from 1 to 65535, got "5x"'],
  ["PORT", "1e3", 'must be an integer from 1 to 65535, got "1e3"'],
  ["PORT", "0x10", 'must be an integer from 1 to 65535, got "0x10"'],
  ["PORT", "0514", 'must be an integer from 1 to 65535, got "0514"'],
  ["PORT", "514.0", 'must be an integer from 1 to 65535, got "514.0"'],
  ["PORT", "-1", 'must be an integer from 1 to 65535, got "-1"'],
  ["PORT", "0", "must be an integer from 1 to 65535, got 0"],
  ["PORT", "65536", "must be an integer from 1 to 65535, got 65536"],
  ["PROTOCOL", "TLSv1", 'must be udp, tcp, tcp-tls, tls, relp or relp-tls, got "TLSv1"'],
  ["FORMAT", "leef", 'must be cef or json, got "leef"'],
  ["FACILITY", "24", `must be ${FACILITY_RULE}, got "24"`],
  ["FACILITY", "local8", `must be ${FACILITY_RULE}, got "local8"`],
  ["APPNAME", "my app", 'must be 1 to 48 printable ASCII characters without spaces, got "my app"'],
  ["SYSLOG", "5424", 'must be rfc5424, rfc3164 or none, got "5424"'],
  ["FRAMING", "lf", 'must be newline or octet-counting, got "lf"'],
  ["CEF_NEWLINES", "lf", 'must be escape or space, got "lf"'],
  ["CEF_EQUALS", "=", 'must be escape or fullwidth, got "="'],
  ["CONTENT", "some", 'must be none, tools or all, got "some"'],
  ["JSON_DATA", "text", 'must be object, string or omit, got "text"'],
  ["TENANT", "x".repeat(65), `must be a text of 1 to 64 characters, got "${"x".repeat(65)}"`],
  ["ENVIRONMENT", "y".repeat(99), `must be a text of 1 to 64 characters, got "${"y".repeat(79)}…"`],
  ["HOSTNAME", "h".repeat(256), `must be a text of 1 to 255 characters, got "${"h".repeat(79)}…"`],
  ["HEARTBEAT_SECONDS", "86401", "must be an integer from 0 to 86400, got 86401"],
  ["MAX_MESSAGE_BYTES", "479", "must be an integer from 480 to 1048576, got 479"],
  ["MAX_MESSAGE_BYTES", "65508", "must be an integer from 480 to 65507 with CLAWMETRY_SIEM_PROTOCOL udp, got 65508"],
  ["QUEUE_EVENTS", "0", "must be an integer from 1 to 10000000, got 0"],
  ["QUEUE_BYTES", "1399", "must be at least CLAWMETRY_SIEM_MAX_MESSAGE_BYTES, which is 1400, got 1399"],
  ["DROP_POLICY", "random", 'must be least-severe, newest or oldest, got "random"'],
  ["SESSION_SHARE", "0", "must be a number above 0 and at most 1, such as 0.5, got 0"],
  ["SESSION_SHARE", "1.01", "must be a number above 0 and at most 1, such as 0.5, got 1.01"],
  ["SESSION_SHARE", "50%", 'must be a number above 0 and at most 1, such as 0.5, got "50%"'],
  ["SESSION_SHARE", "5e-1", 'must be a number above 0 and at most 1, such as 0.5, got "5e-1"'],
  ["REPLAY_WINDOW_MS", "60001", "must be an integer from 0 to 60000, got 60001"],
  ["REPLAY_WINDOW_MS", "0.5", 'must be an integer from 0 to 60000, got "0.5"'],
  ["RECONNECT_AFTER_MS", "86400001", "must be an integer from 0 to 86400000, got 86400001"],
  ["RECONNECT_AFTER_MS", "1", "must be 0 with CLAWMETRY_SIEM_PROTOCOL udp: there is no connection"],
  ["MODE", "round-robin", 'must be failover or all, got "round-robin"'],
])("CLAWMETRY_SIEM_%s=%s is refused in these words", (name, value, message) => {
  const variable = `CLAWMETRY_SIEM_${name}`;
  expect(problemsOf({ ...HOST, [variable]: value })).toEqual([`${variable} ${message}`]);
});

test.each([
  ["SERVERNAME", "a b", `must be ${NAME_RULE}, got "a b"`],
  ["FINGERPRINT256", "ff", `must be ${PIN_RULE}, got "ff"`],
  ["FINGERPRINT256", `${PIN},ff`, `must be ${PIN_RULE}, got "${PIN},ff"`],
  ["MIN_VERSION", "1.2", 'must be TLSv1.2 or TLSv1.3, got "1.2"'],
  ["CERT_FILE", "c.pem", "needs CLAWMETRY_SIEM_TLS_KEY_FILE, which is not set"],
  ["KEY_FILE", "k.pem", "needs CLAWMETRY_SIEM_TLS_CERT_FILE, which is not set"],
  ["KEY_PASSPHRASE", "geheim", "needs CLAWMETRY_SIEM_TLS_KEY_FILE, which is not set"],
])("over TLS, CLAWMETRY_SIEM_TLS_%s=%s is refused in these words", (name, value, message) => {
  const variable = `CLAWMETRY_SIEM_TLS_${name}`;
  expect(problemsOf({ ...TLS, [variable]: value })).toEqual([`${variable} ${message}`]);
});

test.each(["udp", "tcp"])("TLS settings with %s are refused: nothing would be encrypted", (protocol) => {
  expect(problemsOf({ ...HOST, CLAWMETRY_SIEM_PROTOCOL: protocol, CLAWMETRY_SIEM_TLS_CA_FILE: "ca.pem" })).toEqual([
    `CLAWMETRY_SIEM_TLS_CA_FILE needs CLAWMETRY_SIEM_PROTOCOL to be tcp-tls or relp-tls, and it is ${protocol}`,
  ]);
});

test("octet counting over UDP is refused", () => {
  expect(problemsOf({ ...HOST, CLAWMETRY_SIEM_FRAMING: "octet-counting" })).toEqual([
    "CLAWMETRY_SIEM_FRAMING must not be octet-counting with CLAWMETRY_SIEM_PROTOCOL udp: a datagram is its own frame",
  ]);
});

test("every bad setting is named at once, each under the name it has where it came from", () => {
  const env = { CLAWMETRY_SIEM_PORT: "5x", CLAWMETRY_SIEM_FORMAT: "xml" };
  const section = { host: "siem.example", port: 1, facility: true, tls: { caFile: 7 }, protocol: "tls", ports: 1 };
  expect(problemsOf(env, section)).toEqual([
    "siem.ports is not a setting, did you mean port?",
    'CLAWMETRY_SIEM_PORT must be an integer from 1 to 65535, got "5x"',
    'CLAWMETRY_SIEM_FORMAT must be cef or json, got "xml"',
    `siem.facility must be ${FACILITY_RULE}, got true`,
    "siem.tls.caFile must be the path of a PEM file or of a folder with such files, got 7",
  ]);
});

test.each([
  [{ hots: "siem.example" }, ["siem.hots is not a setting, did you mean host?"]],
  [{ targtes: [{ host: "a" }], port: "bad" }, ["siem.targtes is not a setting, did you mean targets?"]],
  [
    { server: "siem.example", tls: { ca: "ca.pem" } },
    ["siem.server is not a setting", "siem.tls.ca is not a setting, did you mean tls.caFile?"],
  ],
])("an unknown field of the section is told although no host is named: %j", (section, messages) => {
  expect(problemsOf({}, section)).toEqual(messages);
});

test("an unknown field is told beside a mistyped host of the environment", () => {
  expect(problemsOf({ CLAWMETRY_SIEM_HOTS: "siem.example" }, { Host: "siem.example" })).toEqual([
    "CLAWMETRY_SIEM_HOTS is not a setting, did you mean CLAWMETRY_SIEM_HOST?",
    "siem.Host is not a setting, did you mean host?",
  ]);
});

test("the message of the error holds all problems", () => {
  expect(() => readConfig({ ...HOST, CLAWMETRY_SIEM_PORT: "x", CLAWMETRY_SIEM_FORMAT: "y" })).toThrow(
    'CLAWMETRY_SIEM_PORT must be an integer from 1 to 65535, got "x"; ' +
      'CLAWMETRY_SIEM_FORMAT must be cef or json, got "y"',
  );
});

test("the environment wins field by field, also within tls", () => {
  const env = { CLAWMETRY_SIEM_PORT: "7000", CLAWMETRY_SIEM_TLS_CA_FILE: "env.pem", CLAWMETRY_SIEM_FORMAT: "" };
  const section = {
    host: "section.example",
    port: "bad, but not used",
    format: "json",
    protocol: "tls",
    tls: { caFile: "section.pem", minVersion: "TLSv1.3" },
  };
  expect(readConfig(env, section)).toMatchObject({
    host: "section.example",
    port: 7000,
    format: "json",
    protocol: "tcp-tls",
    tls: { caFile: "env.pem", minVersion: "TLSv1.3" },
  });
});

test("the section is not changed", () => {
  const section = Object.freeze({ host: "siem.example", protocol: "tls", tls: Object.freeze({ caFile: "a.pem" }) });
  readConfig({ CLAWMETRY_SIEM_TLS_CA_FILE: "b.pem" }, section);
  expect(section).toEqual({ host: "siem.example", protocol: "tls", tls: { caFile: "a.pem" } });
});

test.each([
  ["text", '"text"'],
  [5, "5"],
  [[], "an array"],
])("a section that is %o is refused", (section, received) => {
  expect(problemsOf({}, section)).toEqual([`siem must be an object, got ${received}`]);
});

test("numbers in the section are numbers", () => {
  expect(problemsOf({}, { host: "siem.example", port: "514", queueEvents: 1.5 })).toEqual([
    'siem.port must be an integer from 1 to 65535, got "514"',
    "siem.queueEvents must be an integer from 1 to 10000000, got 1.5",
  ]);
});

test.each([
  ["PROTOCL", "PROTOCOL"],
  ["APP_NAME", "APPNAME"],
  ["FROMAT", "FORMAT"],
  ["Port", "PORT"],
  ["TLS_CAFILE", "TLS_CA_FILE"],
  ["FINGERPRINT256", "TLS_FINGERPRINT256"],
  ["CA_FILE", "TLS_CA_FILE"],
])("CLAWMETRY_SIEM_%s is told as a mistyped %s, without its value", (given, meant) => {
  expect(problemsOf({ ...HOST, [`CLAWMETRY_SIEM_${given}`]: "geheim" })).toEqual([
    `CLAWMETRY_SIEM_${given} is not a setting, did you mean CLAWMETRY_SIEM_${meant}?`,
  ]);
});

test("a mistyped host is told although nothing is configured then", () => {
  expect(problemsOf({ CLAWMETRY_SIEM_HOTS: "siem.example" })).toEqual([
    "CLAWMETRY_SIEM_HOTS is not a setting, did you mean CLAWMETRY_SIEM_HOST?",
  ]);
});

const TLS_ADVICE =
  ": TLS is CLAWMETRY_SIEM_PROTOCOL=tcp-tls, and its settings begin with CLAWMETRY_SIEM_TLS_, such as CLAWMETRY_SIEM_TLS_CA_FILE";

test.each([
  ["CLAWMETRY_SIEM_TLS_CA", ", did you mean CLAWMETRY_SIEM_TLS_CA_FILE?"],
  ["CLAWMETRY_SIEM_CERT", ", did you mean CLAWMETRY_SIEM_TLS_CERT_FILE?"],
  ["CLAWMETRY_SIEM_PROTO", ", did you mean CLAWMETRY_SIEM_PROTOCOL?"],
  ["CLAWMETRY_SIEM_TLS", TLS_ADVICE],
  ["CLAWMETRY_SIEM_TLS_KEY", TLS_ADVICE],
  ["CLAWMETRY_SIEM_TLS_REJECT_UNAUTHORIZED", TLS_ADVICE],
  ["CLAWMETRY_SIEM_SSL", TLS_ADVICE],
  ["CLAWMETRY_SIEM_SECURE", TLS_ADVICE],
  ["CLAWMETRY_SIEM_TRANSPORT", TLS_ADVICE],
  ["clawmetry_siem_tls_ca_file", ", did you mean CLAWMETRY_SIEM_TLS_CA_FILE?"],
  ["CLAWMETRY_SIEM_CURSOR_FILE", ""],
  ["CLAWMETRY_SIEM_", ""],
])("%s is refused once there is a host, and only then", (name, advice) => {
  expect(problemsOf({ ...HOST, [name]: "geheim" })).toEqual([`${name} is not a setting${advice}`]);
  expect(problemsOf({ [name]: "geheim" }, { host: "siem.example" })).toEqual([`${name} is not a setting${advice}`]);
  expect(readConfig({ [name]: "geheim" })).toBeUndefined();
});

test("an unknown variable without a value, and one with another beginning, are left alone", () => {
  const env = { ...HOST, CLAWMETRY_SIEM_TLS: " ", CLAWMETRY_PORT: "1", CLAWMETRY_SIEMS: "1" };
  expect(readConfig(env)).toMatchObject({ host: "siem.example", port: 514 });
});

test.each([
  ["PROTOCOL", "TCP", { protocol: "tcp" }],
  ["PROTOCOL", "Tls", { protocol: "tcp-tls" }],
  ["FORMAT", "JSON", { format: "json" }],
  ["SYSLOG", "RFC3164", { syslog: "rfc3164" }],
  ["RECEIVER", "Splunk", { receiver: "splunk" }],
  ["CEF_NEWLINES", "Space", { cefNewlines: "space" }],
  ["CEF_EQUALS", "FULLWIDTH", { cefEquals: "fullwidth" }],
  ["CONTENT", "None", { content: "none" }],
  ["JSON_DATA", "String", { jsonData: "string" }],
  ["DROP_POLICY", "Least-Severe", { dropPolicy: "least-severe" }],
  ["MODE", "ALL", { mode: "all" }],
])("in the environment, a name counts in any case of letters: %s=%s", (name, value, expected) => {
  expect(readConfig({ ...HOST, [`CLAWMETRY_SIEM_${name}`]: value })).toMatchObject(expected);
});

test("in the environment, framing and the version of TLS count in any case of letters too", () => {
  const env = { ...TLS, CLAWMETRY_SIEM_FRAMING: "Octet-Counting", CLAWMETRY_SIEM_TLS_MIN_VERSION: "tlsv1.3" };
  expect(readConfig(env)).toMatchObject({ framing: "octet-counting", tls: { minVersion: "TLSv1.3" } });
});

test("the section is as strict as its JSON Schema", () => {
  expect(problemsOf({}, { host: "siem.example", format: "JSON" })).toEqual([
    'siem.format must be cef or json, got "JSON"',
  ]);
});

test("text that is no choice keeps its case", () => {
  expect(readConfig({ ...HOST, CLAWMETRY_SIEM_TENANT: "JSON" })).toMatchObject({ tenant: "JSON" });
});

test("the names of fields that every object has are no settings", () => {
  const section = JSON.parse(
    '{"host":"siem.example","__proto__":{"port":1},"constructor":1,"tls":{"toString":1}}',
  ) as unknown;
  expect(problemsOf({}, section)).toEqual([
    "siem.__proto__ is not a setting",
    "siem.constructor is not a setting",
    "siem.tls.toString is not a setting",
  ]);
});

test("no message shows a secret or what came in the place of one", () => {
  const secret = "hunter2";
  const pem = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
  const environments: NodeJS.ProcessEnv[] = [
    { ...HOST, CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE: secret },
    { ...TLS, CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE: secret },
    { ...TLS, CLAWMETRY_SIEM_TLS_KEY_FILE: pem },
    { ...TLS, CLAWMETRY_SIEM_TLS_CERT_FILE: pem },
    { ...TLS, CLAWMETRY_SIEM_TLS_KEY_PASSPHRAS: secret },
    { ...TLS, CLAWMETRY_SIEM_TLS_FINGERPRINT256: pem },
    { CLAWMETRY_SIEM_HOST: `https://user:${secret}@siem.example` },
  ];
  const sections: unknown[] = [
    { host: "h", protocol: "tls", tls: { keyPassphrase: [secret] } },
    { host: "h", protocol: "tls", tls: { passphrase: secret } },
    { host: "h", tls: secret },
    { host: { secret } },
  ];
  const messages = [
    ...environments.flatMap((env) => problemsOf(env)),
    ...sections.flatMap((section) => problemsOf({}, section)),
  ];
  expect(messages.filter((message) => message.includes(secret))).toEqual([]);
  expect(messages.length).toBeGreaterThanOrEqual(11);
});

test("every setting has a variable of its own", () => {
  expect(new Set(environmentSettings.map(({ variable }) => variable)).size).toBe(37);
  expect(new Set(environmentSettings.map(({ path }) => path)).size).toBe(37);
});

test.each([
  ["relp", "relp://siem.example:2514"],
  ["relp-tls", "relp-tls://siem.example:2514"],
  ["RELP-TLS", "relp-tls://siem.example:2514"],
])("%s has a port and a window of its own, and no replay window", (protocol, name) => {
  const config = readConfig({ CLAWMETRY_SIEM_HOST: "siem.example", CLAWMETRY_SIEM_PROTOCOL: protocol });
  expect(config).toMatchObject({ port: 2514, relpWindow: 128, replayWindowMs: 0, framing: "newline" });
  expect(config).toMatchObject({ maxMessageBytes: 8000 });
  expect(config && nameTarget(config.targets[0] ?? { host: "none" })).toBe(name);
});

test("the window of RELP can be set, and a resolved configuration be read again", () => {
  const config = readConfig({
    CLAWMETRY_SIEM_HOST: "siem.example",
    CLAWMETRY_SIEM_PROTOCOL: "relp",
    CLAWMETRY_SIEM_RELP_WINDOW: "2000",
  });
  expect(config?.relpWindow).toBe(2000);
  expect(readConfig({}, config)).toEqual(config);
  const other = readConfig({ CLAWMETRY_SIEM_HOST: "siem.example", CLAWMETRY_SIEM_PROTOCOL: "tcp" });
  expect(other?.relpWindow).toBeUndefined();
  expect(readConfig({}, other)).toEqual(other);
});

test.each([
  [
    { PROTOCOL: "tcp", RELP_WINDOW: "10" },
    "CLAWMETRY_SIEM_RELP_WINDOW needs CLAWMETRY_SIEM_PROTOCOL to be relp or relp-tls, and it is tcp",
  ],
  [{ PROTOCOL: "relp", RELP_WINDOW: "0" }, "CLAWMETRY_SIEM_RELP_WINDOW must be an integer from 1 to 10000, got 0"],
  [
    { PROTOCOL: "relp", TLS_CA_FILE: "ca.pem" },
    "CLAWMETRY_SIEM_TLS_CA_FILE needs CLAWMETRY_SIEM_PROTOCOL to be tcp-tls or relp-tls, and it is relp",
  ],
  [
    { PROTOCOL: "relp-tls", FRAMING: "octet-counting" },
    "CLAWMETRY_SIEM_FRAMING must not be octet-counting with CLAWMETRY_SIEM_PROTOCOL relp-tls: RELP has frames of its own",
  ],
])("%j is refused", (settings, message) => {
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`CLAWMETRY_SIEM_${name}`, value]));
  expect(() => readConfig({ CLAWMETRY_SIEM_HOST: "siem.example", ...env })).toThrow(message);
});

test("relp-tls takes the settings of TLS", () => {
  const env = { CLAWMETRY_SIEM_HOST: "a", CLAWMETRY_SIEM_PROTOCOL: "relp-tls", CLAWMETRY_SIEM_TLS_CA_FILE: "ca.pem" };
  expect(readConfig(env)?.tls).toEqual({ caFile: "ca.pem" });
});
