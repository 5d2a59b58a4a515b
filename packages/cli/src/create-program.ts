import { Command, Option } from "commander";
import { forward, type ForwardOptions } from "./commands/forward.ts";
import { format, type FormatCommandOptions } from "./commands/format.ts";
import { listen, type ListenOptions } from "./commands/listen.ts";
import { sendSamples, type SendSamplesOptions } from "./commands/send-samples.ts";
import { checkSpool, drainSpool, type DrainSpoolOptions, showSpool, type ShowSpoolOptions } from "./commands/spool.ts";
import { verify, type VerifyOptions } from "./commands/verify.ts";
import { addConfigFlags } from "./config/config-flags.ts";
import { parseCount, parseSeconds } from "./config/parse-number.ts";
import { type Terminal } from "./terminal.ts";

/** What a command is built with. */
export interface ProgramParts {
  readonly terminal: Terminal;
  readonly version: string;
  /** Told the exit code of the command that ran. */
  readonly onExit: (code: number) => void;
}

const FILES = "NDJSON files, - for standard input";
const SPOOL_FOLDER = "folder of the spool (default: CLAWMETRY_SIEM_SPOOL_DIR)";
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_GIVE_UP_MS = 30_000;

/** The program with all its commands. Its parsing throws `CommanderError` instead of ending the process. */
export function createProgram(parts: ProgramParts): Command {
  const { terminal, version } = parts;
  const program = new Command("clawmetry-siem")
    .description("Carries AI-agent events to a SIEM: CEF or JSON, over UDP, TCP or TLS.")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: () => undefined, // `run` says it, in its own form
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addForward(program, parts);
  addFormat(program, parts);
  addListen(program, parts);
  addTest(program, parts);
  addVerify(program, parts);
  addSpool(program, parts);
  for (const command of program.commands) command.version(version);
  return program;
}

function addForward(program: Command, { terminal, onExit }: ProgramParts): void {
  const command = program
    .command("forward")
    .description("send the events of NDJSON files, or of standard input, to the collector")
    .argument("[files...]", FILES, ["-"])
    .option("--strict", "stop at the first line that is no event")
    .addOption(secondsOption("--timeout <seconds>", "wait so long for what is left at the end", DEFAULT_TIMEOUT_MS))
    .addOption(secondsOption("--give-up <seconds>", "stop when nothing is sent for so long", DEFAULT_GIVE_UP_MS))
    .action(async (files: readonly string[], options: ForwardOptions) => {
      onExit(await forward(files, options, terminal));
    });
  addConfigFlags(command);
}

function addFormat(program: Command, { terminal, onExit }: ProgramParts): void {
  const command = program
    .command("format")
    .description("print the lines that would be sent, and send nothing")
    .argument("[files...]", FILES, ["-"])
    .option("--strict", "stop at the first line that is no event")
    .action(async (files: readonly string[], options: FormatCommandOptions) => {
      onExit(await format(files, options, terminal));
    });
  addConfigFlags(command);
}

function addListen(program: Command, { terminal, onExit }: ProgramParts): void {
  program
    .command("listen")
    .description("be a collector that prints what it receives")
    .option("--udp [address]", "PORT or HOST:PORT for UDP (127.0.0.1:5514; port 0: any)")
    .option("--tcp [address]", "the same for TCP (127.0.0.1:5514); without any of the three: UDP and TCP")
    .option("--tls [address]", "the same for TLS (127.0.0.1:6514)")
    .option("--cert <file>", "PEM with the certificate for --tls (default: a new one that signed itself)")
    .option("--key <file>", "PEM with its private key")
    .option("--write-cert <file>", "write the certificate, for --tls-ca-file of the sender")
    .option("--json", "print one JSON object per record")
    .option("--raw", "print each record as it came")
    .option("--check", "exit with 1 when anything is malformed")
    .option("--headerless", "take records without a syslog header as well-formed")
    .option("--count <number>", "end after so many records", parseCount)
    .option("--idle-timeout <seconds>", "end when nothing comes for so long", parseSeconds)
    .action(async (options: ListenOptions) => {
      onExit(await listen(options, terminal));
    });
}

function addTest(program: Command, { terminal, onExit }: ProgramParts): void {
  const command = program
    .command("test")
    .description("send one sample event per signature to the collector")
    .option("--yes", "do not ask before sending")
    .addOption(secondsOption("--timeout <seconds>", "stop when nothing is sent for so long", DEFAULT_TIMEOUT_MS))
    .action(async (options: SendSamplesOptions) => {
      onExit(await sendSamples(options, terminal));
    });
  addConfigFlags(command);
}

function addVerify(program: Command, { terminal, onExit }: ProgramParts): void {
  program
    .command("verify")
    .description("prove from what the SIEM holds the identity and order of all events")
    .argument("[files...]", "lines or exports of the SIEM, - for standard input", ["-"])
    .option("--json", "print the whole report as one JSON object")
    .option("--node-id <id>", "verify the events of this node only")
    .option("--anchor <node=hash>", "the hash before the first event that is left of a node (may be repeated)", collect)
    .option(
      "--head <node=hash>",
      "a hash that must be there, such as the newest one of a node (may be repeated)",
      collect,
    )
    .action(async (files: readonly string[], options: VerifyOptions) => {
      onExit(await verify(files, options, terminal));
    });
}

function addSpool(program: Command, { terminal, onExit }: ProgramParts): void {
  const spool = program
    .command("spool")
    .description("show what a spool holds, and change nothing")
    .argument("[folder]", SPOOL_FOLDER)
    .option("--json", "print one JSON object per spool")
    .action((folder: string | undefined, options: ShowSpoolOptions) => {
      onExit(showSpool(folder, options, terminal));
    });
  spool
    .command("check")
    .description("read every record of a spool, and exit with 1 when one is damaged")
    .argument("[folder]", SPOOL_FOLDER)
    .action((folder: string | undefined) => {
      onExit(checkSpool(folder, terminal));
    });
  const drain = spool
    .command("drain")
    .description("send what a spool holds to the collector, and take it out")
    .argument("[folder]", SPOOL_FOLDER)
    .addOption(secondsOption("--give-up <seconds>", "stop when nothing is sent for so long", DEFAULT_GIVE_UP_MS))
    .action(async (folder: string | undefined, options: DrainSpoolOptions) => {
      onExit(await drainSpool(folder, options, terminal));
    });
  addConfigFlags(drain);
}

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}

function secondsOption(flags: string, description: string, defaultMs: number): Option {
  return new Option(flags, description).argParser(parseSeconds).default(defaultMs, String(defaultMs / 1000));
}
