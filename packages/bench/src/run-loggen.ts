import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Destination } from "./route.ts";

const run = promisify(execFile);

/** Sends the lines of a file over and over with loggen of syslog-ng, `number` in all, as fast as it can. */
export async function runLoggen({ route, host, port }: Destination, file: string, number: number): Promise<void> {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const prefix = join(process.env["SIEM_RECEIVERS"] ?? join(cache, "siem-receivers"), "usr");
  const how = route === "tls" ? ["--use-ssl"] : ["--inet", "--stream"];
  const what = [`--read-file=${file}`, "--loop-reading", "--dont-parse", `--number=${number}`];
  const limits = ["--rate=100000000", "--interval=20", "--quiet"];
  await run(join(prefix, "bin/loggen"), [...how, ...what, ...limits, host, String(port)], {
    env: { SYSLOGNG_PREFIX: prefix, LD_LIBRARY_PATH: join(prefix, "lib/syslog-ng") },
  });
}
