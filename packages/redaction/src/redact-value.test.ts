import { expect, test } from "vitest";
import { redactEvent } from "./redact-event.ts";

const HUNTER2 = "[REDACTED:f52fbd32]";

test("what cannot be read is withheld, and the rest stays", () => {
  const event = {
    id: "e1",
    get bad(): string {
      throw new Error("hunter2");
    },
    json: {
      toJSON: () => {
        throw new Error("hunter2");
      },
    },
    proxy: new Proxy({}, { ownKeys: () => ["a", "a"] }),
  };
  expect(redactEvent(event)).toEqual({
    id: "e1",
    bad: "[WITHHELD:unreadable]",
    json: "[WITHHELD:unreadable]",
    proxy: "[WITHHELD:unreadable]",
  });
});

test("an event that cannot be read at all says so", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(redactEvent<unknown>(proxy)).toEqual({ redaction: "[WITHHELD:unreadable]" });
});

test("a getter is read once, and what it gave is what is kept", () => {
  let reads = 0;
  const event = {
    get text() {
      reads++;
      return reads === 1 ? "clean" : "password=hunter2";
    },
  };
  const result = redactEvent(event);
  expect(result.text).toBe("clean");
  expect(result.text).toBe("clean");
  expect(reads).toBe(1);
});

test("a proxy is read once, and what comes back is none", () => {
  const read: string[] = [];
  const proxy = new Proxy<Record<string, string>>(
    { a: "clean" },
    {
      get: (target, key) => {
        read.push(String(key));
        return read.length > 1 ? "password=hunter2" : target[String(key)];
      },
    },
  );
  const result = redactEvent({ proxy });
  expect(result.proxy["a"]).toBe("clean");
  expect(read).toEqual(["a"]);
});

test("objects of classes are what JSON makes of them, without their secrets", () => {
  class Login {
    readonly user = "bob";
    readonly password = "hunter2";
    get hidden() {
      return this.password;
    }
  }
  const event: Readonly<Record<string, unknown>> = {
    login: new Login(),
    url: new URL("https://bob:hunter2@db.example/"),
    error: new TypeError("password=hunter2"),
    map: new Map([["password", "hunter2"]]),
    mixed: new Map<unknown, unknown>([[1, "password=hunter2"]]),
    set: new Set(["password=hunter2"]),
    text: new String("password=hunter2"),
    number: new Number(7),
    run: () => "hunter2",
    symbol: Symbol("hunter2"),
  };
  expect(redactEvent(event)).toEqual({
    login: { user: "bob", password: HUNTER2 },
    url: `https://bob:${HUNTER2}@db.example/`,
    error: { name: "TypeError", message: `password=${HUNTER2}` },
    map: { password: HUNTER2 },
    mixed: [[1, `password=${HUNTER2}`]],
    set: [`password=${HUNTER2}`],
    text: `password=${HUNTER2}`,
    number: 7,
    run: "[WITHHELD:function]",
    symbol: "[WITHHELD:symbol]",
  });
});

test("hidden properties, symbols and properties of arrays do not come back", () => {
  const data = { a: 1, [Symbol.for("s")]: "hunter2" };
  Object.defineProperty(data, "hidden", { value: "hunter2" });
  const match = /hunter(\d)/.exec("hunter2 password=hunter2");
  const result = redactEvent({ data, match });
  expect(Reflect.ownKeys(result.data)).toEqual(["a"]);
  expect(Reflect.ownKeys(result.match ?? [])).toEqual(["0", "1", "length"]);
});

test("a cycle is withheld, the same object twice is not", () => {
  const shared = { password: "hunter2" };
  const loop: Record<string, unknown> = { one: shared, other: shared };
  loop["self"] = loop;
  expect(redactEvent(loop)).toEqual({
    one: { password: HUNTER2 },
    other: { password: HUNTER2 },
    self: "[WITHHELD:cycle]",
  });
});

test("what is nested too deep is withheld", () => {
  expect(redactEvent({ a: { b: { c: 1 } } }, { maxDepth: 2 })).toEqual({ a: { b: "[WITHHELD:depth]" } });
  expect(redactEvent({ a: { b: 1 } }, { maxDepth: 2 })).toEqual({ a: { b: 1 } });
});

test("depth counts through JSON texts too", () => {
  expect(redactEvent({ a: '[["x"]]' }, { maxDepth: 2 })).toEqual({ a: '["[WITHHELD:depth]"]' });
});

test("members beyond the limit are withheld, but not the identifiers", () => {
  const event = { data: ["a", "b", "c", "d"], more: { x: 1, y: 2 }, id: "e1" };
  expect(redactEvent(event, { maxEntries: 3 })).toEqual({
    data: ["a", "b", "[WITHHELD:2]"],
    id: "e1",
    "[WITHHELD:entries]": "[WITHHELD:1]",
  });
});

test("an array of a billion holes ends at the limit", () => {
  const data: unknown[] = [];
  data.length = 1_000_000_000;
  const result = redactEvent({ data }, { maxEntries: 10 });
  expect(result.data.length).toBe(10);
  expect(result.data.at(-1)).toBe("[WITHHELD:999999991]");
});

test("an object that is shared exponentially often ends at the limit", () => {
  let data: unknown = "password=hunter2";
  for (let level = 0; level < 40; level++) data = [data, data];
  expect(JSON.stringify(redactEvent({ data }, { maxEntries: 1000 }))).not.toContain("hunter2");
});

test("a text over the limit is withheld, also as a name and as an identifier", () => {
  const long = "x".repeat(65);
  expect(redactEvent({ id: long, data: { [long]: long, fits: "x".repeat(64) } }, { maxTextLength: 64 })).toEqual({
    id: "[WITHHELD:65]",
    data: { "[WITHHELD:65]": "[WITHHELD:65]", fits: "x".repeat(64) },
  });
});

test("a text that placeholders make too long is withheld", () => {
  expect(
    redactEvent({ data: "p secret=a secret=b secret=c secret=d secret=e x".padEnd(64) }, { maxTextLength: 64 }),
  ).toEqual({
    data: "[WITHHELD:64]",
  });
});
