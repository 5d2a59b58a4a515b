import { expect, test } from "vitest";
import { createTokenGuard } from "./create-token-guard.ts";

test.each([
  ["secret-0123456789", true],
  ["secret-0123456780", false],
  ["secret-012345678", false],
  ["secret-0123456789 ", false],
  ["", false],
])("whether %j is the token: %j", (given, expected) => {
  expect(createTokenGuard("secret-0123456789")(given)).toBe(expected);
});
