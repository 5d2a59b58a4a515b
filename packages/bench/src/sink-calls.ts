import { type Route } from "./route.ts";

/** What has arrived since the last `reset`. */
export interface SinkCount {
  readonly bytes: number;
  readonly messages: number;
  /** When the last byte came, by `machineTimeMs`. */
  readonly lastMs: number;
}

/** What the sink can be asked for. */
export interface SinkCalls {
  readonly [name: string]: (...args: never[]) => unknown;
  /** Opens a port for a route, and gives its number. The files are for `tls`. */
  readonly open: (route: Route, certFile: string, keyFile: string) => Promise<number>;
  readonly reset: () => void;
  readonly count: () => SinkCount;
}
