import { type NameSetting } from "./name-settings.ts";

// `siem.example:514`, `[::1]:514`, `tcp://siem.example:514`
const WITH_PORT = /(?:^[^:]*|\]|\/\/[^/]*):[0-9]{1,5}$/;

/**
 * Where the port belongs that somebody wrote into the bad `value` of the host at `path`, `host` or `targets[1].host`, to follow
 * the value in a message. Empty for any other path and value.
 */
export function adviseOnPort(path: string, value: unknown, nameOf: NameSetting): string {
  if (!/^(?:targets\[\d+\]\.)?host$/.test(path) || typeof value !== "string") return "";
  const names = value.split(",").map((name) => name.trim());
  if (!names.some((name) => WITH_PORT.test(name))) return "";
  if (path !== "host") return `: the port is ${nameOf(path).replace(/host$/, "port")}`;
  if (names.length === 1) return `: the port is ${nameOf("port")}`;
  return `: one port for all of them is ${nameOf("port")}, and in ${nameOf("targets")} each can have its own`;
}
