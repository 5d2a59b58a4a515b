import { Command, InvalidArgumentError } from "commander";
import { serve, type ServeOptions } from "./commands/serve.ts";
import { verifyIntegrity, type VerifyIntegrityOptions } from "./commands/verify-integrity.ts";
import { type Terminal } from "./terminal.ts";

/** What a command is built with. */
export interface ProgramParts {
  readonly terminal: Terminal;
  readonly version: string;
  /** Told the exit code of the command that ran. */
  readonly onExit: (code: number) => void;
}

const STORE = "the file of the store (CLAWMETRY_DAEMON_STORE; ~/.clawmetry/daemon.duckdb)";

/** The program with all its commands. Its parsing throws `CommanderError` instead of ending the process. */
export function createProgram(parts: ProgramParts): Command {
  const { terminal, version } = parts;
  const program = new Command("clawmetry-daemon")
    .description(
      "Takes AI-agent events over HTTP, redacts, chains and stores them, and forwards what it stored to a SIEM.",
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: () => undefined, // `run` says it, in its own form
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addServe(program, parts);
  addVerifyIntegrity(program, parts);
  for (const command of program.commands) command.version(version);
  return program;
}

function addServe(program: Command, { terminal, onExit }: ProgramParts): void {
  program
    .command("serve", { isDefault: true })
    .description("run the daemon until SIGTERM or SIGINT; needs CLAWMETRY_DAEMON_TOKEN")
    .option("--host <address>", "loopback address to listen on (CLAWMETRY_DAEMON_HOST; 127.0.0.1)")
    .option("--port <number>", "port to listen on, 0 for any (CLAWMETRY_DAEMON_PORT; 7777)")
    .option("--store <file>", STORE)
    .option("--node-id <id>", "node of events that name none (CLAWMETRY_DAEMON_NODE_ID; the host's name)")
    .option("--queue-events <number>", "events that may wait to be stored (CLAWMETRY_DAEMON_QUEUE_EVENTS; 10000)")
    .option("--max-body-bytes <number>", "largest request (CLAWMETRY_DAEMON_MAX_BODY_BYTES; 8388608)")
    .option("--timeout <seconds>", "how long ending may take (5)", parseSeconds)
    .action(async (options: ServeOptions) => {
      onExit(await serve(options, terminal));
    });
}

function addVerifyIntegrity(program: Command, { terminal, onExit }: ProgramParts): void {
  program
    .command("verify-integrity")
    .description("prove from the store that nothing in it was altered or lost; the daemon must not run")
    .option("--store <file>", STORE)
    .option("--node-id <id>", "this node only")
    .option("--json", "print the whole report as JSON")
    .action(async (options: VerifyIntegrityOptions) => {
      onExit(await verifyIntegrity(options, terminal));
    });
}

function parseSeconds(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (seconds <= 3600) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds from 0 to 3600.");
}
