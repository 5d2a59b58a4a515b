// Runs the receivers of the testkit, which has no build: this file is not compiled either, but loaded as it is.
import { closeSync, existsSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  makeReceiverCertificates,
  type Receiver,
  type ReceiverCertificates,
  startRsyslog,
  startSyslogNg,
} from "@clawmetry/siem-testkit/receivers";
import { answerCalls } from "./answer-calls.ts";
import { countNewlines } from "./count-frames.ts";
import { machineTimeMs } from "./machine-time.ts";
import { type ReceiverCalls } from "./receiver-calls.ts";

const MEMORY_DISK = "/dev/shm"; // how fast the disk is does not matter here

let certificates: ReceiverCertificates | undefined;
let receiver: Receiver<string> | undefined;
let recordFolder: string | undefined;

function requireReceiver(): Receiver<string> {
  if (receiver === undefined) throw new Error("start comes first");
  return receiver;
}

function fileSize(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function countLines(path: string): number {
  const chunk = Buffer.alloc(1_048_576);
  const file = openSync(path, "r");
  let count = 0;
  for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
    count += countNewlines(chunk.subarray(0, length));
  }
  closeSync(file);
  return count;
}

const calls: ReceiverCalls = {
  start: async (name, queue = "memory") => {
    certificates ??= await makeReceiverCertificates();
    recordFolder = await mkdtemp(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), "siem-bench-"));
    const options = { certificates, recordFolder };
    const { caFile } = certificates;
    if (name === "rsyslog") {
      const started = await startRsyslog({ ...options, queue });
      receiver = started;
      const { tcp, tls, relp } = started.ports;
      return { ports: { tcp, tls, relp }, caFile };
    }
    const started = await startSyslogNg(options);
    receiver = started;
    return { ports: { tcp: started.ports.newline, tls: started.ports.tlsNewline }, caFile };
  },
  stop: async () => {
    if (receiver !== undefined) {
      if (existsSync(receiver.recordPath)) truncateSync(receiver.recordPath); // it reads all of it at the end
      await receiver.stop();
    }
    receiver = undefined;
    if (recordFolder !== undefined) await rm(recordFolder, { recursive: true, force: true });
    await certificates?.remove();
    certificates = undefined;
  },
  reset: () => {
    const { recordPath } = requireReceiver();
    if (existsSync(recordPath)) truncateSync(recordPath);
  },
  size: () => fileSize(requireReceiver().recordPath),
  count: () => {
    const { recordPath } = requireReceiver();
    const bytes = fileSize(recordPath);
    const agoMs = Date.now() - statSync(recordPath).mtimeMs;
    const lastMs = machineTimeMs() - agoMs;
    return { bytes, messages: countLines(recordPath), lastMs };
  },
};

answerCalls(calls);
