// Runs the pinned pnpm on a machine that has only Node and npm: node tools/pm.mjs <pnpm arguments>
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { packageManager: pin } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const shell = process.platform === "win32";
const args = process.argv.slice(2);
process.env.TURBO_TELEMETRY_DISABLED ??= "1";

const installed = spawnSync("pnpm", ["--version"], { encoding: "utf8", shell });
const matches = installed.status === 0 && `pnpm@${installed.stdout.trim()}` === pin;
// --prefer-offline: a second run does not ask the registry again.
const [command, prefix] = matches ? ["pnpm", []] : ["npx", ["--yes", "--prefer-offline", "--loglevel=error", pin]];
process.exit(spawnSync(command, [...prefix, ...args], { stdio: "inherit", shell }).status ?? 1);
