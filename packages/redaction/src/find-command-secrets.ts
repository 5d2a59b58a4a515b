import { matchAt, nextMatch, type Scan, scanOf } from "./scan.ts";
import type { Span } from "./span.ts";

const COMMAND_OR_FLAG =
  /\n|(?<![\w.-])(curl|wget|https?|mysql(?:dump|admin|import)?|mariadb(?:-dump|-admin)?|sshpass|redis-cli|docker|podman|helm|mongo(?:sh|dump|restore)?|openssl)(?![\w.:/-])|(?<=[\s"'])(-pass(?:in|out)?(?=[ \t=])|-p|-[A-Za-z]{0,6}u|--user|-U|--proxy-user|-b|--cookie|-a|login)(?=[\s="':A-Za-z0-9$!@#%^&*])/g;
const GAP = /(?:["' \t=]|\\["'\n]){0,8}/y;
const ATTACHED = /["']{0,1}/y;
const VALUE = /(?:[^\s"'\\]|\\[^\s"'])*/y;
const DIGITS = /^[0-9]{1,6}(?::[0-9]{1,6})?$/;
const REFERENCE = /^\$(?:[A-Z_][A-Z0-9_]*$|\{|\()/;

// Names of the commands, with or without a folder.
const COMMAND =
  /^(?:\S{0,200}\/)?(?:curl|wget|https?|mysql\w{0,8}|mariadb[\w-]{0,8}|sshpass|redis-cli|docker|podman|helm|mongo\w{0,8}|openssl)$/;

type Shape = "user:password" | "attached" | "next" | "cookie" | "pass:";

/**
 * Passwords in the flags of well-known commands that have no telling name: `curl -u name:PASSWORD`, `mysql -pPASSWORD`,
 * `sshpass -p`, `redis-cli -a`, `docker login -p`, `mongosh -p`, `openssl -passin pass:`. One line at a time.
 */
export function findCommandSecrets(scan: Scan, found: Span[]): void {
  let command = "";
  let login = false;
  for (let from = 0; ; ) {
    const match = nextMatch(scan, COMMAND_OR_FLAG, from);
    if (match === undefined) return;
    from = match.index + match[0].length;
    const flag = match[2];
    if (match[1] !== undefined) {
      command = match[1];
      login = false;
    } else if (flag === undefined) {
      if (scan.text[match.index - 1] !== "\\") command = "";
    } else if (flag === "login") login = true;
    else if (command !== "") from = addValue(scan, from, shapeOf(command, flag, login), found);
  }
}

function shapeOf(command: string, flag: string, login: boolean): Shape | undefined {
  if (/^(?:curl|wget|https?)$/.test(command)) {
    if (/^-[bB]$|^--cookie$/.test(flag)) return "cookie";
    return /^(?:-[A-Za-z]*u|-[Ua]|--user|--proxy-user)$/.test(flag) ? "user:password" : undefined;
  }
  if (command === "openssl") return flag.startsWith("-pass") ? "pass:" : undefined;
  if (command === "redis-cli") return flag === "-a" ? "next" : undefined;
  if (flag !== "-p") return undefined;
  if (/^(?:mysql|mariadb)/.test(command)) return "attached";
  return command === "sshpass" || command.startsWith("mongo") || login ? "next" : undefined;
}

function addValue(scan: Scan, flagEnd: number, shape: Shape | undefined, found: Span[]): number {
  if (shape === undefined) return flagEnd;
  const start = flagEnd + (matchAt(scan, shape === "attached" ? ATTACHED : GAP, flagEnd)?.[0].length ?? 0);
  const value = matchAt(scan, VALUE, start)?.[0] ?? "";
  const end = start + value.length;
  const skipped = offsetOf(shape, value);
  if (skipped === undefined || value.length === skipped) return end;
  const secret = value.slice(skipped);
  if (!REFERENCE.test(secret) && !secret.startsWith("-")) found.push({ start: start + skipped, end });
  return end;
}

// How much of the value is no secret; undefined when there is none in it.
function offsetOf(shape: Shape, value: string): number | undefined {
  if (shape === "user:password") {
    const colon = value.indexOf(":");
    return colon === -1 || DIGITS.test(value) ? undefined : colon + 1;
  }
  if (shape === "cookie") return value.includes("=") ? 0 : undefined;
  if (shape === "pass:") return value.startsWith("pass:") ? "pass:".length : undefined;
  return 0;
}

/** Which elements of an argument vector hold such a password. */
export function commandArguments(texts: readonly (string | undefined)[]): readonly boolean[] {
  const command = texts.slice(0, 3).find((text) => text !== undefined && COMMAND.test(text));
  if (command === undefined) return texts.map(() => false);
  const start = `${command.slice(command.lastIndexOf("/") + 1)} ${texts.includes("login") ? "login " : ""}`;
  return texts.map((text, index) => {
    if (text === undefined || text.length > 4096) return false;
    const before = texts[index - 1] ?? "";
    const line = `${start}${before.startsWith("-") ? before : ""} ${text}`;
    const found: Span[] = [];
    findCommandSecrets(scanOf(line), found);
    return found.some(({ end }) => end > line.length - text.length);
  });
}
