// Lets `node --import` run our sources on every version of Node: types are stripped, and packages are found by the condition
// `@clawmetry/source`, which the caller sets.
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

// The hook runs in a thread of its own, which loads this file again.
if (isMainThread) register(import.meta.url);

export async function load(url, context, next) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
  const { default: ts } = await import("typescript");
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  const source = ts.transpileModule(await readFile(fileURLToPath(url), "utf8"), { compilerOptions }).outputText;
  return { format: "module", shortCircuit: true, source };
}
