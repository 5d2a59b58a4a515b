import { type Acknowledgement, createAcknowledgement } from "./acknowledgement.ts";
import { type ResolvedOptions } from "./exporter-options.ts";
import { type Failure, readFailure } from "./failure.ts";
import { createPause } from "./pause.ts";
import { createReturnProbe } from "./return-probe.ts";
import { type ErrorReport, type ExporterState } from "./stats.ts";
import { createTarget, type Fault, type Target } from "./target.ts";

/** What became of the messages of one send. Those that are neither are to be sent again. */
export interface Outcome {
  /** Where they went. */
  readonly target: Target;
  /** From the start of the batch. */
  readonly delivered: number;
  /** Places of those among them that the receiver refused, rising: given up too. */
  readonly refused: readonly number[];
  /** The next ones after those delivered, given up. */
  readonly rejected: number;
}

/** The destinations, with their failures understood: which one is next, how long to wait, what to give up, what to tell. */
export interface Line {
  readonly targets: readonly Target[];
  /** The one that sends go to. */
  readonly active: Target;
  readonly state: ExporterState;
  /** The last send succeeded, and the connection has not broken since. */
  readonly well: boolean;
  readonly acknowledgement: Acknowledgement;
  /** So many events count as sent no more. */
  readonly takeBack: (count: number) => void;
  /** Waits until the next attempt may begin. Gives whether there was anything to wait for. */
  readonly rest: () => Promise<boolean>;
  /** One attempt. Never rejects. */
  readonly send: (messages: readonly string[]) => Promise<Outcome>;
  /** Tells of every connection that broke, before the next one is asked for. */
  readonly onBreak: (listener: (target: Target, failure: Failure) => void) => void;
  /** A connection broke, which the last send may have told already. */
  readonly broke: (target: Target, failure: Failure) => void;
  /** Something else than a destination is at fault, and the next attempt has to wait all the same. */
  readonly fail: (message: string) => void;
  /** The end has come: the next attempt may begin at once, delays start again, and no preferred destination is sought. */
  readonly hurry: () => void;
  /** Ends the running attempts or wait. Their failure is none of the transport's. */
  readonly abort: () => void;
}

/** Who is told of what happens on the line. */
export interface LineListeners {
  /** The state, or the destination, may have changed. */
  readonly onChange: () => void;
  readonly onError: (report: ErrorReport, target: string) => void;
}

/** A line that has not been used. */
export function createLine<E>(options: ResolvedOptions<E>, { onChange, onError }: LineListeners): Line {
  const { effects, retry } = options;
  const targets = options.targets.map(({ target: name, transport }) =>
    createTarget(options, {
      name,
      transport,
      onChange,
      onError: (report) => {
        onError(report, name);
      },
    }),
  );
  const pause = createPause(effects);
  // Those that failed since the last send that worked.
  const tried = new Set<Target>();
  const acknowledgement = createAcknowledgement(targets);
  let active = targets[0] as Target;
  let returnTo: Target | undefined;
  let well = false;
  let sending = false;
  let ending = false;
  let aborted = false;
  let failuresInARow = 0;

  const returnProbe = createReturnProbe({
    targets,
    effects,
    onFailure: (target, failure) => {
      if (!aborted) target.fail(failure);
    },
    onReturn: (target) => {
      if (sending) returnTo = target;
      else activate(target);
    },
  });

  function activate(target: Target): void {
    returnTo = undefined;
    active = target;
    returnProbe.watch(well && !ending ? active : undefined);
    onChange();
  }
  function fail(target: Target, fault: Fault): void {
    retreat(target, target.fail(fault));
  }
  function retreat(target: Target, mayTryAgain: boolean): void {
    if (!mayTryAgain) tried.add(target);
    if (returnTo === target) returnTo = undefined;
    if (active !== target) return;
    well = false;
    returnProbe.watch(undefined);
    choose();
    onChange();
  }
  function succeed(target: Target): void {
    well = true;
    failuresInARow = 0;
    tried.clear();
    target.succeed();
    activate(returnTo ?? target);
  }
  function countRejected(target: Target, failure: Failure, left: number): number {
    if (aborted) return 0;
    // A transport that someone else has closed fails every message alike: none of them is at fault.
    if (!failure.retryable && failure.code !== "closed") {
      target.complain(failure);
      if (left === 0) succeed(target); // it answered every message, if with a refusal
      return Math.min(1, left);
    }
    fail(target, failure);
    failuresInARow = failure.delivered > 0 ? 1 : failuresInARow + 1;
    if (failuresInARow < retry.maxAttempts) return 0;
    failuresInARow = 0;
    return left;
  }

  // Whoever was not tried yet comes first, also before one that failed, unless that has to wait for long.
  function choose(): void {
    if (well) return;
    const soonMs = effects.elapsed() + retry.initialDelayMs;
    const untried = targets.find((target) => !tried.has(target) && target.nextAttemptMs <= soonMs);
    const next = untried ?? targets.reduce((one, other) => (other.nextAttemptMs < one.nextAttemptMs ? other : one));
    if (next !== active) activate(next);
  }
  function stateOf(): ExporterState {
    if (pause.active) return "backing-off";
    const { state } = active;
    const onTrial = tried.size > 0 && !tried.has(active) && state !== "connected" && state !== "closed";
    return onTrial ? "failing-over" : state;
  }

  return {
    targets,
    get active() {
      return active;
    },
    get state() {
      return stateOf();
    },
    get well() {
      return well;
    },
    acknowledgement,
    takeBack: (count) => {
      takeBack([active, ...targets], count);
    },
    rest: async () => {
      choose();
      const delayMs = active.nextAttemptMs - effects.elapsed();
      if (well || delayMs <= 0) return false;
      const rested = pause.wait(delayMs);
      onChange();
      await rested;
      return true;
    },
    send: async (messages) => {
      const target = active;
      sending = true;
      const failure = await target.send(messages, failuresInARow > 0);
      sending = false;
      if (failure === undefined) {
        succeed(target);
        return { target, delivered: messages.length, refused: [], rejected: 0 };
      }
      const { delivered, refused } = failure;
      return { target, delivered, refused, rejected: countRejected(target, failure, messages.length - delivered) };
    },
    onBreak: (listener) => {
      for (const target of targets) {
        target.transport.onBreak((error) => {
          listener(target, readFailure(error, 0));
        });
      }
    },
    broke: (target, failure) => {
      const mayTryAgain = target.broke(failure);
      if (mayTryAgain !== undefined) retreat(target, mayTryAgain);
    },
    fail: (message) => {
      fail(active, { code: "io", message, silentMs: 0 });
    },
    hurry: () => {
      ending = true;
      returnProbe.watch(undefined);
      for (const target of targets) target.hurry();
      pause.end();
    },
    abort: () => {
      aborted = true;
      acknowledgement.abort();
      for (const target of targets) target.abort();
      pause.end();
    },
  };
}

function takeBack(targets: readonly Target[], count: number): void {
  let left = count;
  for (const { counts } of targets) {
    const taken = Math.min(left, counts.sent);
    counts.sent -= taken;
    left -= taken;
  }
}
