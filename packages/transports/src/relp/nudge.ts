/** Makes a server send the answers that it holds back. */
export interface Nudge {
  /** An answer has come, others are outstanding, and there is nothing to write. */
  readonly expect: () => void;
  /** Something was written, or nothing is outstanding any more: waits begin short again. Safe to call twice. */
  readonly rest: () => void;
}

const FIRST_WAIT_MS = 1;

/**
 * A server that does not switch off Nagle's algorithm (RFC 896), such as imrelp, sends an answer only when the one before is
 * acknowledged by TCP, and the kernel puts that off for 40 ms and more (RFC 1122 §4.2.3.2) unless there is something to send
 * along. So `nudge` sends something, some time after an answer that no other one followed: a millisecond, then twice as long
 * each time.
 */
export function createNudge(nudge: () => void): Nudge {
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;
  return {
    expect: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        waitMs *= 2;
        nudge();
      }, waitMs).unref();
    },
    rest: () => {
      clearTimeout(timer);
      waitMs = FIRST_WAIT_MS;
    },
  };
}
