// Sends events through one of the senders. Run as a process of its own by startProcess.
import { setImmediate as nextTurn } from "node:timers/promises";
import { answerCalls } from "./answer-calls.ts";
import { machineTimeMs } from "./machine-time.ts";
import { type SendingCalls } from "./sending-calls.ts";
import { openSender } from "./senders/open-sender.ts";
import { type Sender } from "./senders/sender.ts";
import { type GaugeReading, startGauge } from "./start-gauge.ts";
import { usualEvents } from "./usual-events.ts";

// One to three milliseconds of work. What is measured as delay of the event loop is this, and what the sender adds.
const PASSES_PER_TURN = 5;

const events = usualEvents();
let sender: Sender | undefined;
let gauge: (() => GaugeReading) | undefined;

async function send(passes: number): Promise<number> {
  if (sender === undefined) throw new Error("open comes first");
  gauge = startGauge();
  const startMs = machineTimeMs();
  for (let pass = 1; pass <= passes; pass++) {
    for (const event of events) sender.send(event);
    if (pass % PASSES_PER_TURN !== 0) continue;
    await sender.ready?.();
    await nextTurn();
  }
  await sender.flush?.();
  return startMs;
}

function stringify(): number {
  const repeats = 400;
  let length = 0;
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) for (const event of events) length += JSON.stringify(event).length;
  const { user, system } = process.cpuUsage(before);
  if (length === 0) throw new Error("there is nothing to write");
  return (user + system) / (repeats * events.length);
}

const calls: SendingCalls = {
  open: async (name, destination) => {
    sender = await openSender(name, destination);
  },
  send,
  read: () => {
    if (gauge === undefined) throw new Error("send comes first");
    return gauge();
  },
  stringify,
};

answerCalls(calls);
