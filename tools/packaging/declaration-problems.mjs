import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { FLOORS } from "../floors/table.mjs";

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: false,
};

/** Compiles a stranger's file that imports the entry points. Packages for browsers must not need the types of Node. */
export function declarationProblems(name, specifiers, project) {
  const file = join(project, "stranger.mts");
  const imports = specifiers.map((specifier, index) => `export * as entry${index} from "${specifier}";\n`);
  writeFileSync(file, imports.join(""));
  const types = FLOORS.get(name)?.browser === true ? [] : ["node"];
  const program = ts.createProgram([file], {
    ...OPTIONS,
    types,
    typeRoots: [join(process.cwd(), "node_modules/@types")],
  });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    return `${name}: declarations: ${diagnostic.file?.fileName ?? ""}: ${text}`;
  });
}
