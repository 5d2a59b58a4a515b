import { type IncomingMessage } from "node:http";
import { HttpProblem } from "./http-problem.ts";

/**
 * The whole body of a request. Rejects with `HttpProblem` for one of more than `maxBytes` (413) and for one that ends early (400). What
 * is too much is not kept: the server reads and forgets it.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (act: () => void): void => {
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      act();
    };
    const fail = (problem: HttpProblem): void => {
      settle(() => {
        reject(problem);
      });
    };
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > maxBytes) fail(tooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      settle(() => {
        resolve(Buffer.concat(chunks));
      });
    };
    const onClose = (): void => {
      fail(new HttpProblem(400, "bad_request", "the request ended before its body did"));
    };
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/** What is answered to a body of more than `maxBytes`. */
export function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, "body_too_large", `a body must have at most ${maxBytes} bytes`);
}
