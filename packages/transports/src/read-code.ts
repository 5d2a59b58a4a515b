/** The machine-readable reason of a failure of Node.js, such as `ECONNRESET`; `UNKNOWN` when it has none. */
export function readCode(cause: unknown): string {
  const code: unknown = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "UNKNOWN";
}
