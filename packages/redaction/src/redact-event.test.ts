import { expect, test } from "vitest";
import { redactEvent } from "./redact-event.ts";

const HUNTER2 = "[REDACTED:f52fbd32]";
const ABC = "[REDACTED:ba7816bf]";

test("an event without secrets comes back as the same object, with the same parts", () => {
  const event = {
    id: "e1",
    ts: new Date(0),
    data: { list: [1, "a", null, { ok: true }], bytes: Buffer.from("hello") },
  };
  expect(redactEvent(event)).toBe(event);
});

test("what is clean in an event with a secret is the same object, and the event is not changed", () => {
  const clean = { a: [1, 2] };
  const event = Object.freeze({ id: "e1", data: Object.freeze({ clean, password: "hunter2" }) });
  const result = redactEvent(event);
  expect(result).toEqual({ id: "e1", data: { clean: { a: [1, 2] }, password: HUNTER2 } });
  expect(result.data.clean).toBe(clean);
  expect(event.data.password).toBe("hunter2");
});

test.each([
  "password",
  "DB_PASSWORD",
  "userPassword2",
  "password_confirmation",
  "passphrase",
  "MYSQL_PWD",
  "client_secret",
  "clientSecret",
  "APIKey",
  "x-api-key",
  "X-ClawMetry-Token",
  "token",
  "access_token",
  "refreshToken",
  "aws_secret_access_key",
  "AccountKey",
  "private_key",
  "credentials",
  "cookie",
  "set-cookie",
  "Proxy-Authorization",
  "//registry.npmjs.org/:_authToken",
  "secret_id",
  "mnemonic",
  "otp",
])("the value under %s is a secret at any depth", (name) => {
  expect(redactEvent({ data: [{ inner: { [name]: "abc" } }] })).toEqual({ data: [{ inner: { [name]: ABC } }] });
  const json = JSON.stringify({ inner: [{ [name]: "abc" }] });
  expect(redactEvent({ data: json })).toEqual({ data: JSON.stringify({ inner: [{ [name]: ABC }] }) });
});

test.each([
  "input_tokens",
  "token_count",
  "max_tokens",
  "totalTokens",
  "token_type",
  "tokenizer",
  "eos_token",
  "secret_name",
  "password_policy",
  "cookie_consent",
  "author",
  "public_key",
  "primary_key",
  "sessionKey",
  "key",
  "passed",
  "monkey",
  "keyboard",
  "code",
  "compass",
])("the value under %s is none", (name) => {
  const event = { data: { [name]: "abc", text: JSON.stringify({ [name]: "abc" }) } };
  expect(redactEvent(event)).toBe(event);
});

test("a number is a secret under a password, and a count under a token", () => {
  expect(redactEvent({ password: 123456, token: 42, tokens: 7, data: '{"password": 123456, "token": 42}' })).toEqual({
    password: "[REDACTED:8d969eef]",
    token: 42,
    tokens: 7,
    data: '{"password": "[REDACTED:8d969eef]", "token": 42}',
  });
});

test("a secret that is an object or an array is redacted in all of its texts, but not in what describes them", () => {
  expect(
    redactEvent({
      credentials: { username: "bob", value: "abc", version: 3, more: ["hunter2"] },
      cookies: [{ name: "sid", value: "abc", secure: true }],
      Authorization: ["Bearer abc"],
      secret_key: [1, 2, 3],
    }),
  ).toEqual({
    credentials: { username: "bob", value: ABC, version: 3, more: [HUNTER2] },
    cookies: [{ name: "sid", value: ABC, secure: true }],
    Authorization: [`Bearer ${ABC}`],
    secret_key: "[REDACTED:a615eeae]",
  });
  expect(redactEvent({ data: '{"secret_key":[1, 2, 3]}' })).toEqual({ data: '{"secret_key":"[REDACTED:a615eeae]"}' });
});

test("the schema of a tool stays readable", () => {
  const event = { data: { properties: { password: { type: "string", description: "Password of the user" } } } };
  expect(redactEvent(event)).toBe(event);
});

test.each([
  [
    ["--password", "hunter2", "--verbose"],
    ["--password", HUNTER2, "--verbose"],
  ],
  [["--token", "--verbose"], undefined],
  [
    ["Host", "db", "Authorization", "Bearer abc"],
    ["Host", "db", "Authorization", `Bearer ${ABC}`],
  ],
  [
    ["api_key", "abc"],
    ["api_key", ABC],
  ],
  [["username", "password", "email"], undefined],
  [
    ["mysql", "-phunter2", "db"],
    ["mysql", "[REDACTED:d9dffe06]", "db"],
  ],
  [
    ["/usr/bin/curl", "-u", "bob:abc", "https://x"],
    ["/usr/bin/curl", "-u", "[REDACTED:a72a0be9]", "https://x"],
  ],
  [["docker", "run", "-p", "80:80"], undefined],
])("an argument vector %j", (args, expected) => {
  const event = { data: { args } };
  if (expected === undefined) expect(redactEvent(event)).toBe(event);
  else {
    expect(redactEvent(event)).toEqual({ data: { args: expected } });
    expect(redactEvent({ data: JSON.stringify(args) })).toEqual({ data: JSON.stringify(expected) });
  }
});

test("a name and a value beside it belong together, in whichever order", () => {
  const env = [
    { name: "DB_PASSWORD", value: "hunter2" },
    { value: "abc", key: "X-Api-Key" },
    { name: "HOME", value: "/root" },
  ];
  const expected = [
    { name: "DB_PASSWORD", value: HUNTER2 },
    { value: ABC, key: "X-Api-Key" },
    { name: "HOME", value: "/root" },
  ];
  expect(redactEvent({ data: env })).toEqual({ data: expected });
  expect(redactEvent({ data: JSON.stringify(env) })).toEqual({ data: JSON.stringify(expected) });
});

test("identifiers at the top stay as they are, whatever they hold", () => {
  const event = {
    id: "4111111111111111",
    node_id: "bob@example.com",
    agent_id: "Bearer abcdef123456",
    agent_type: "openclaw",
    session_id: "whatsapp:+4915112345678",
    workspace_id: null,
    event_type: "tool.call",
    ts: "2026-11-23T03:04:06.678Z",
    model: "claude",
    chain_hash: "f1b89ca83d7c6c7d90c503337c46aacb0e35432bd6ab48502a5f2a24581b298d",
    chain_prev_hash: "0".repeat(64),
  };
  expect(redactEvent(event)).toBe(event);
});

test("identifiers deeper down are looked through for secrets alone", () => {
  const event = {
    data: { id: "4111111111111111", tool_use_id: "bob@example.com", sessionId: "ghp_0123456789abcdefghijKLMNO" },
  };
  expect(redactEvent(event)).toEqual({ data: { ...event.data, sessionId: "[REDACTED:480ad739]" } });
});

test("an identifier that is no scalar is looked through", () => {
  expect(redactEvent({ id: { password: "hunter2" } })).toEqual({ id: { password: HUNTER2 } });
});

test("a number whose digits are a card is one", () => {
  expect(redactEvent({ data: { n: 4111111111111111, at: 1795403046678, big: 4111111111111111n } })).toEqual({
    data: { n: "[card:visa]", at: 1795403046678, big: "[card:visa]" },
  });
  expect(redactEvent({ data: '{"n": 4111111111111111}' })).toEqual({ data: '{"n": "[card:visa]"}' });
});

test("names are redacted too, and stay apart when they become the same", () => {
  expect(redactEvent({ data: { "a@b.co": 1, "c@d.co": 2 }, json: '{"a@b.co":1,"c@d.co":2}' })).toEqual({
    data: { "[email]": 1, "[email] 2": 2 },
    json: '{"[email]":1,"[email] 2":2}',
  });
});

test("a property named __proto__ stays a property", () => {
  const event = JSON.parse('{"data":{"__proto__":{"password":"hunter2"}}}') as unknown;
  expect(JSON.stringify(redactEvent(event))).toBe(`{"data":{"__proto__":{"password":"${HUNTER2}"}}}`);
});
