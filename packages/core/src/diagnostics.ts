import { type Channel, channel } from "node:diagnostics_channel";
import { type Loss } from "./loss-window.ts";
import { type ErrorReport, type StateChange } from "./stats.ts";

/** What happens in an exporter, for whoever listens in this process. */
export interface Diagnostics {
  readonly state: (change: StateChange) => void;
  readonly drop: (loss: Loss) => void;
  readonly error: (report: ErrorReport, target: string) => void;
}

/**
 * Publishes on the channels `clawmetry:siem:state` (`StateChange`), `clawmetry:siem:drop` (a `Loss` with `target`) and
 * `clawmetry:siem:error` (an `ErrorReport` with `target`) of `node:diagnostics_channel`. Costs nothing while nobody listens.
 */
export function createDiagnostics(exporter: string): Diagnostics {
  const state = channel("clawmetry:siem:state");
  const drop = channel("clawmetry:siem:drop");
  const error = channel("clawmetry:siem:error");
  return {
    state: (change) => {
      publish(state, () => change);
    },
    drop: (loss) => {
      publish(drop, () => ({ ...loss, target: exporter }));
    },
    error: (report, target) => {
      publish(error, () => ({ ...report, target }));
    },
  };
}

function publish(to: Channel, message: () => object): void {
  if (to.hasSubscribers) to.publish(message());
}
