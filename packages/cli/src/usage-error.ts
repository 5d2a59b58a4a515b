/** A command cannot start: its arguments or its configuration are wrong. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** One line each, at least one. They hold no secrets. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}
