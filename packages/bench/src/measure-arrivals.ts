import { type ReceiverCalls } from "./receiver-calls.ts";
import { type CalledProcess } from "./start-process.ts";
import { untilQuiet } from "./until-quiet.ts";

const LIMITS = { quietMs: 200, timeoutMs: 10_000 };

/** How fast messages came to a real receiver. */
export interface Arrivals {
  /** From the first one to the last byte in the receiver's file. */
  readonly perSecond: number;
  /** Share of the messages, 0–1. */
  readonly arrived: number;
}

/** Measures how `count` messages arrive. `send` hands them over and gives when it began, by `machineTimeMs`. */
export async function measureArrivals(
  host: CalledProcess<ReceiverCalls>,
  count: number,
  send: () => Promise<number>,
): Promise<Arrivals> {
  await host.call("reset");
  const startMs = await send();
  await untilQuiet(() => host.call("size"), LIMITS);
  const { messages, lastMs } = await host.call("count");
  return { perSecond: (messages / (lastMs - startMs)) * 1000, arrived: messages / count };
}
