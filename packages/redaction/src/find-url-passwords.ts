import { indexFrom, matchAt, runStart, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const MARK = "://";
const MAX_AUTHORITY = 4096;
const AUTHORITY = new RegExp(`[^\\s/?#"'\`<>\\\\]{0,${MAX_AUTHORITY}}`, "y");
// A password that holds a slash, a question mark or a hash without encoding them.
const LOOSE = /[^\s"'`<>\\]{0,256}/y;
const PORT = /^[0-9]{0,5}$/;
const USER_ONLY = /^(?=.*[0-9])[A-Za-z0-9._~-]{20,}$/;
const DRIVER = /@(?:tcp|unix|udp)\(/y;
const REFERENCE = /^(?:\$\{?[A-Z_][A-Z0-9_]*\}?|\*+|<[^<>]*>|\{\{?[^{}]*\}?\}|%[A-Za-z_]+%)$/;

/** Passwords in the user information of a URL (RFC 3986 3.2.1), and tokens that stand there alone. */
export function findUrlPasswords(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const mark = indexFrom(scan, MARK, from);
    if (mark === -1) break;
    from = mark + MARK.length;
    addUserInfo(scan, from, found);
  }
  findDriverPasswords(scan, found);
}

function addUserInfo(scan: Scan, start: number, found: Span[]): void {
  const authority = matchAt(scan, AUTHORITY, start)?.[0] ?? "";
  const at = authority.lastIndexOf("@");
  const colon = authority.indexOf(":");
  if (at !== -1) addPassword(scan.text, start, colon !== -1 && colon < at ? colon : -1, at, found);
  else if (colon !== -1 && !PORT.test(authority.slice(colon + 1))) {
    const loose = (matchAt(scan, LOOSE, start)?.[0] ?? "").lastIndexOf("@");
    if (loose !== -1) addPassword(scan.text, start, colon, loose, found);
  }
}

function addPassword(text: string, start: number, colon: number, at: number, found: Span[]): void {
  if (colon === -1 && !USER_ONLY.test(text.slice(start, start + at))) return;
  const from = start + colon + 1;
  const end = start + at;
  if (end > from && !REFERENCE.test(text.slice(from, end))) found.push({ start: from, end });
}

// `user:password@tcp(host:3306)/name`, as Go writes it.
function findDriverPasswords(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const at = indexFrom(scan, "@", from);
    if (at === -1) return;
    from = at + 1;
    if (matchAt(scan, DRIVER, at) === undefined) continue;
    const start = runStart(scan, at, Math.max(0, at - 256), (code) => code > 0x20 && code !== 0x22 && code !== 0x27);
    const colon = scan.text.slice(start, at).indexOf(":");
    if (colon !== -1 && start + colon + 1 < at) found.push({ start: start + colon + 1, end: at });
  }
}
