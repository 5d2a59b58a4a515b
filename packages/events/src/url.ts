// An authority follows `//` in every scheme; for the special schemes of the URL standard any slashes do, backslashes too.
const AUTHORITY_START = /^\s*(?:[a-z][a-z0-9+.-]{0,31}:[\\/]{2,}|(?:https?|wss?|ftp):[\\/]*|\/\/)/i;

/** The URL without the user name and password that it may carry. */
export function withoutUserInfo(url: string): string {
  const start = AUTHORITY_START.exec(url)?.[0].length;
  if (start === undefined) return url;
  const length = url.slice(start).search(/[/\\?#]/);
  const end = length === -1 ? url.length : start + length;
  const at = url.lastIndexOf("@", end - 1);
  return at < start ? url : url.slice(0, start) + url.slice(at + 1);
}

/** The host that the URL names, lower case, without port and brackets. Undefined when it names none. */
export function urlHost(url: string): string | undefined {
  if (!AUTHORITY_START.test(url)) return undefined;
  try {
    const { hostname } = new URL(url);
    return hostname === "" ? undefined : hostname.replace(/^\[|\]$/g, "");
  } catch {
    return undefined; // not a URL that any client could open
  }
}
