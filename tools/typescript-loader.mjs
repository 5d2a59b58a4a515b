// Lets `node --import` run our sources on every version of Node: types are stripped, and packages are found by the condition
// `@clawmetry/source`, which the caller sets.
import { readFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const require = nodeModule.createRequire(import.meta.url);

export function load(url, context, next) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
  const ts = require("typescript");
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  const source = ts.transpileModule(readFileSync(fileURLToPath(url), "utf8"), { compilerOptions }).outputText;
  return { format: "module", shortCircuit: true, source };
}

// Node 20 knows only `register`, whose hook runs in a thread of its own that loads this file again; newer versions warn of it.
if (nodeModule.registerHooks !== undefined) nodeModule.registerHooks({ load });
else if (isMainThread) nodeModule.register(import.meta.url);
