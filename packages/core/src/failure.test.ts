import { expect, test } from "vitest";
import { readFailure } from "./failure.ts";
import { failure } from "../test/scripted-transport.ts";

test("reads a TransportError by its properties", () => {
  const { name, message } = failure();
  const foreign = { name, message, code: "refused", retryable: false, delivered: 2 };
  expect(readFailure(foreign, 5)).toEqual({
    code: "refused",
    message: "connection to collector:514 broke",
    retryable: false,
    delivered: 2,
    refused: [],
    silentMs: 0,
  });
  expect(readFailure({ ...foreign, silentMs: 7000 }, 5).silentMs).toBe(7000);
});

test.each([
  [-1, 0],
  [1.9, 1],
  [7, 5],
  [NaN, 0],
  [Infinity, 5],
])("a delivered of %d in a batch of 5 counts as %d", (delivered, expected) => {
  expect(readFailure(failure({ delivered }), 5).delivered).toBe(expected);
});

test.each([
  [undefined],
  [null],
  ["broken pipe: <134>secret"],
  [new Error("<134>secret")],
  [{ name: "TransportError" }],
])("takes %o for a broken connection", (thrown) => {
  expect(readFailure(thrown, 5)).toEqual({
    code: "io",
    message: "transport failed without a TransportError",
    retryable: true,
    delivered: 0,
    refused: [],
    silentMs: 0,
  });
});

test.each([
  [
    [0, 2],
    [0, 2],
  ],
  [
    [2, 0, 2],
    [0, 2],
  ],
  [[-1, 0.5, 1, 3, NaN, "2"], [1]],
  ["02", []],
])("of the refused places %j, with 3 of 5 messages delivered, %j count", (refused, expected) => {
  const error = { name: "TransportError", message: "", code: "refused", retryable: true, delivered: 3, refused };
  expect(readFailure(error, 5).refused).toEqual(expected);
});
