import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** What `clawmetry-siem verify --json` says, as far as tests here ask for it. */
export interface Verified {
  readonly code: number | null;
  readonly report: {
    readonly proven: boolean;
    readonly nodes: readonly NodeFindings[];
    readonly payloads: { readonly verified: number; readonly altered: readonly { readonly id: string }[] };
    readonly sequences: readonly { readonly unexplained: number }[];
    readonly unreadable: readonly unknown[];
    readonly contradictory: readonly unknown[];
  };
}

/** What was found of one node. */
interface NodeFindings {
  readonly verified: number;
  readonly altered: readonly Named[];
  readonly missing: readonly { readonly after: Named | null; readonly before: Named | null }[];
  readonly duplicated: readonly (Named & { readonly kind: string })[];
  readonly reordered: readonly Named[];
  readonly conflicting: readonly Named[];
  readonly unverifiable: readonly Named[];
  readonly forks: readonly unknown[];
}

interface Named {
  readonly id: string;
}

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));
const bin = fileURLToPath(new URL("../../cli/src/bin.ts", import.meta.url));

/** Runs `clawmetry-siem verify` on a file, as a security engineer would. */
export async function verifyFile(path: string): Promise<Verified> {
  return verify([path], "");
}

/** The same for lines on standard input. */
export async function verifyLines(lines: readonly string[]): Promise<Verified> {
  return verify(["-"], `${lines.join("\n")}\n`);
}

/** All that was found of the only node, by the ids of events. Empty when there is nothing to say. */
export function findings({ report }: Verified): readonly string[] {
  const { contradictory, unreadable } = report;
  const found = report.nodes.flatMap((node) => [
    ...node.altered.map(({ id }) => `altered ${id}`),
    ...node.missing.map(({ after, before }) => `missing between ${after?.id} and ${before?.id}`),
    ...node.duplicated.map(({ id, kind }) => `${kind} ${id}`),
    ...node.reordered.map(({ id }) => `reordered ${id}`),
    ...node.conflicting.map(({ id }) => `conflicting ${id}`),
    ...node.unverifiable.map(({ id }) => `unverifiable ${id}`),
    ...node.forks.map(() => "fork"),
  ]);
  if (contradictory.length + unreadable.length > 0) found.push(JSON.stringify({ contradictory, unreadable }));
  return [...found, ...report.payloads.altered.map(({ id }) => `payload of ${id} altered`)];
}

async function verify(files: readonly string[], input: string): Promise<Verified> {
  const flags = ["--conditions=@clawmetry/source", "--import", loader, bin, "verify", "--json", ...files];
  const child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close") as Promise<[number | null]>;
  child.stdin.end(input);
  const report = JSON.parse(await text(child.stdout)) as Verified["report"];
  return { code: (await closed)[0], report };
}
