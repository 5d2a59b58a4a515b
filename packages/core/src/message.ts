/** One finished message, as the queue holds it. */
export interface Message {
  /** One line, without a line break. */
  readonly text: string;
  /** Syslog severity, 0 (most severe) to 7. */
  readonly severity: number;
  /** What a flood is charged to, such as the session. */
  readonly group?: string | undefined;
  /** Put there by the exporter. A queue that writes messages down writes it too. */
  readonly entry?: MessageEntry | undefined;
}

/** What the exporter knows a message by. */
export interface MessageEntry {
  /** Its sequence number. */
  readonly number: number;
  /** When it was given to `send`, in milliseconds since 1970. */
  readonly atMs: number;
}

/** What a formatter is told about the moment of the send. */
export interface SendContext {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** `boot`: 8 hex digits, new for every exporter; `number`: from 1, one higher with every send. */
  readonly sequence: { readonly boot: string; readonly number: number };
}

/** Turns an event into a message. Total: never throws, never emits a line break. */
export type Formatter<E> = (event: E, context: SendContext) => Message | "too_large";
