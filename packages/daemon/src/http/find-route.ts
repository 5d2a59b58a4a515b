import { HttpProblem } from "./http-problem.ts";

/** What a request asks for. */
export type Route = { readonly name: "health" } | { readonly name: "events"; readonly runId: string };

const EVENTS = /^\/api\/v1\/runs\/([^/]+)\/events$/;
const LONGEST_RUN_ID = 256;

/** Reads method and path. Throws `HttpProblem`: 404 for another path, 405 for another method, 400 for a run id that cannot be one. */
export function findRoute(method: string, url: string): Route {
  const [path = ""] = url.split("?", 1);
  if (path === "/health") {
    requireMethod(method, "GET");
    return { name: "health" };
  }
  const encoded = EVENTS.exec(path)?.[1];
  if (encoded === undefined) {
    throw new HttpProblem(404, "not_found", "there are /health and /api/v1/runs/<id>/events");
  }
  requireMethod(method, "POST");
  return { name: "events", runId: decodeRunId(encoded) };
}

function requireMethod(method: string, allowed: string): void {
  if (method === allowed) return;
  throw new HttpProblem(405, "method_not_allowed", `the method must be ${allowed}`, { Allow: allowed });
}

function decodeRunId(encoded: string): string {
  try {
    const runId = decodeURIComponent(encoded);
    if (runId.length <= LONGEST_RUN_ID) return runId;
  } catch {
    // Told like one that is too long.
  }
  throw new HttpProblem(
    400,
    "bad_run_id",
    `a run id must be percent-encoded UTF-8 of at most ${LONGEST_RUN_ID} characters`,
  );
}
