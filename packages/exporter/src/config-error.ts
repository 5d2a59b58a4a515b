/** One setting that cannot be used. */
export interface ConfigProblem {
  /** The variable, the path in the section (`siem.tls.caFile`) or the field (`tls.caFile`): where the value came from. */
  readonly setting: string;
  /** What is wrong, what came, and what is allowed. Never a secret. */
  readonly message: string;
}

/** A configuration that cannot be used. Names every bad setting at once, with its value unless that may be a secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** At least one. */
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ message }) => message).join("; "));
    this.problems = problems;
  }
}
