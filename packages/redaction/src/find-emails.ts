import { indexFrom, isAlphanumeric, matchAt, runStart, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const PLACEHOLDER = "[email]";
const MAX_LOCAL = 64; // RFC 5321 4.5.3.1.1
const DOMAIN =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,63})(?![\p{L}\p{N}_-])/uy;
// `icon@2x.png`, `pkg@latest.tgz`
const FILE =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|jsx?|tsx?|mjs|cjs|json|map|html?|tgz|gz|zip|md|py|lock|ya?ml|txt|pdf)$/i;

/** E-mail addresses (RFC 5322 dot-atoms, internationalised ones too), not the user of a URL or of `git@host:path`. */
export function findEmails(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const at = indexFrom(scan, "@", from);
    if (at === -1) return;
    const start = localStart(scan, at, from);
    from = at + 1;
    if (start === at) continue;
    const domain = matchAt(scan, DOMAIN, from)?.[0];
    if (domain === undefined || FILE.test(domain)) continue;
    const end = from + domain.length;
    if (isUserOfHost(scan.text, start, at, end)) continue;
    found.push({ start, end, placeholder: PLACEHOLDER });
    from = end;
  }
}

function localStart(scan: Scan, at: number, floor: number): number {
  let start = runStart(scan, at, Math.max(floor, at - MAX_LOCAL), isLocal);
  while (start < at && !startsLocal(scan.text.charCodeAt(start))) start++;
  // The n of a line break that is written as `\n` is no part of the address.
  return scan.text[start - 1] === "\\" && start + 1 < at && /[nrt]/.test(scan.text[start] ?? "") ? start + 1 : start;
}

function isLocal(code: number): boolean {
  return startsLocal(code) || code === 0x25 || code === 0x2b || code === 0x2d || code === 0x2e;
}

function startsLocal(code: number): boolean {
  return isAlphanumeric(code) || code === 0x5f || (code >= 0xc0 && code < 0x2000) || code >= 0x3040;
}

function isUserOfHost(text: string, start: number, at: number, end: number): boolean {
  if (text.slice(Math.max(0, start - 3), start) === "://") return true;
  return (
    text.slice(start, at) === "git" ||
    (text[end] === ":" && /[A-Za-z~/]/.test(text[end + 1] ?? "") && text[start - 1] !== "'")
  );
}
