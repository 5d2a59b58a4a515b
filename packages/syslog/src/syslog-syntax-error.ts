/** A line is not a syslog message. Holds no text of the line. */
export class SyslogSyntaxError extends Error {
  override readonly name = "SyslogSyntaxError";
  /** Where reading stopped: an index into the line in UTF-16 code units, from 0. */
  readonly position: number;
  /** What the grammar asks for there. */
  readonly reason: string;

  constructor(position: number, reason: string) {
    super(`${reason} (position ${position})`);
    this.position = position;
    this.reason = reason;
  }
}
