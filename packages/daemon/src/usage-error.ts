/** A command cannot start: its arguments, its configuration or its store are not as they must be. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** One line each, at least one. They hold no secrets. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}
