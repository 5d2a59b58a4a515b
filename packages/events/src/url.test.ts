import { expect, test } from "vitest";
import { urlHost, withoutUserInfo } from "./url.ts";

test.each([
  ["https://example.com/a?b=c|d", "https://example.com/a?b=c|d", "example.com"],
  ["https://user:secret@Example.com:8443/a@b", "https://Example.com:8443/a@b", "example.com"],
  ["postgres://user:p@ss@db.local/x", "postgres://db.local/x", "db.local"],
  ["https:/user:secret@example.com", "https:/example.com", "example.com"],
  ["http:\\\\user:secret@example.com\\x", "http:\\\\example.com\\x", "example.com"],
  ["//user@example.com/x", "//example.com/x", undefined],
  ["http://[::1]:8080/", "http://[::1]:8080/", "::1"],
  ["mailto:bob@example.com", "mailto:bob@example.com", undefined],
  ["/relative/path@here", "/relative/path@here", undefined],
  ["not a url", "not a url", undefined],
  ["https://exa mple/", "https://exa mple/", undefined],
])("%s is shown as %s, its host is %s", (url, shown, host) => {
  expect(withoutUserInfo(url)).toBe(shown);
  expect(urlHost(shown)).toBe(host);
});
