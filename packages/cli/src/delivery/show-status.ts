import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";

/** A line at the bottom of the terminal that changes, and messages above it. */
export interface Status {
  readonly say: (text: string) => void;
  /** Takes the line away. Safe to call twice. */
  readonly stop: () => void;
}

const INTERVAL_MS = 200;
const CLEAR_LINE = "\r\u001b[K";

/** Shows `status()` on standard error while something is under way. Where that is no terminal there are only the messages. */
export function showStatus(terminal: Pick<Terminal, "stderr" | "env">, status: () => string): Status {
  const { stderr, env } = terminal;
  if (stderr.isTTY !== true || env["TERM"] === "dumb") {
    return {
      say: (text) => {
        say(terminal, text);
      },
      stop: () => undefined,
    };
  }
  const timer = setInterval(() => {
    stderr.write(CLEAR_LINE + status());
  }, INTERVAL_MS);
  return {
    say: (text) => {
      stderr.write(CLEAR_LINE);
      say(terminal, text);
    },
    stop: () => {
      clearInterval(timer);
      stderr.write(CLEAR_LINE);
    },
  };
}
