/** The code of an error of Node.js, such as `ENOENT`. Its message is not for printing: it may hold more than it should. */
export function readCode(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unknown error";
}
