import { execFile } from "node:child_process";
import { basename } from "node:path";

/** Runs a command without a shell. Resolves to what it printed, or rejects with an error that quotes it. */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { encoding: "utf8", timeout: 120_000, ...options }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const output = `${stdout}${stderr}`.trim().replaceAll("\n", "\n    ");
      reject(new Error(`${basename(command)} ${args[0]} failed:\n    ${output}`));
    });
  });
}
