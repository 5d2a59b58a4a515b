import { expect, test } from "vitest";
import { redactEvent } from "./redact-event.ts";

test("bytes without a secret are the same object", () => {
  const data = Uint8Array.of(0, 255, 128, 1);
  const event = { data };
  expect(redactEvent(event)).toBe(event);
});

test("bytes that are JSON or text are redacted, and stay of their kind", () => {
  const result = redactEvent({
    a: Buffer.from('{"password":"hunter2"}'),
    b: new TextEncoder().encode("password=hunter2 é"),
  });
  expect(result.a).toBeInstanceOf(Buffer);
  expect(result.a.toString()).toBe('{"password":"[REDACTED:f52fbd32]"}');
  expect(Buffer.isBuffer(result.b)).toBe(false);
  expect(new TextDecoder().decode(result.b)).toBe("password=[REDACTED:f52fbd32] é");
});

test("a secret among other bytes is found, and the other bytes stay", () => {
  const data = Buffer.concat([Buffer.of(0xff, 0x80), Buffer.from(" password=hunter2 "), Buffer.of(0xc3)]);
  expect(redactEvent({ data }).data.toString("latin1")).toBe("\xff\x80 password=[REDACTED:f52fbd32] \xc3");
});

test("UTF-16 with a byte order mark is read", () => {
  const data = Buffer.from("\ufeffpassword=hunter2", "utf16le");
  expect(redactEvent({ data }).data.toString("utf16le")).toBe("\ufeffpassword=[REDACTED:f52fbd32]");
});

test("bytes under a secret name are a secret", () => {
  expect(redactEvent({ secret: Buffer.from("hunter2") }).secret.toString()).toBe("[REDACTED:f52fbd32]");
});

test("bytes over the limit are withheld", () => {
  expect(redactEvent({ data: Buffer.alloc(65) }, { maxTextLength: 64 }).data.toString()).toBe("[WITHHELD:65]");
});

test("buffers and views of other kinds are bytes too", () => {
  const { buffer } = Uint8Array.from(Buffer.from("password=hunter2"));
  const result: unknown = redactEvent({ a: buffer, b: new DataView(buffer) });
  const expected = Uint8Array.from(Buffer.from("password=[REDACTED:f52fbd32]"));
  expect(result).toEqual({ a: expected, b: expected });
});
