import { type Destination } from "./route.ts";
import { type SenderName } from "./senders/sender-name.ts";
import { type GaugeReading } from "./start-gauge.ts";

/** What the sending process can be asked for. */
export interface SendingCalls {
  readonly [name: string]: (...args: never[]) => unknown;
  readonly open: (name: SenderName, destination: Destination) => Promise<void>;
  /** Sends the usual events so many times over; gives when the first was handed over, by `machineTimeMs`. */
  readonly send: (passes: number) => Promise<number>;
  /** What it took since `send` was called. */
  readonly read: () => GaugeReading;
  /** CPU microseconds that JSON.stringify takes for one of the events, now and in this process. */
  readonly stringify: () => number;
}
