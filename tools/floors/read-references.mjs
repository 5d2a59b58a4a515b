import ts from "typescript";

const NODE_GLOBALS = new Set(["Buffer", "process", "NodeJS", "require", "module", "global", "__dirname", "__filename"]);

/**
 * Lists what a source file reaches for outside itself: `{ imports, nodeGlobals }`, each entry `{ name, line }`.
 * Types count as well: they end up in the declarations that users compile against.
 */
export function readReferences(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const at = (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const imports = [];
  const identifiers = [];
  const declared = new Set();

  function visit(node) {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ name: specifier.text, line: at(node) });
    }
    if (isDeclaration(node) && node.name !== undefined && ts.isIdentifier(node.name)) declared.add(node.name.text);
    if (ts.isIdentifier(node) && NODE_GLOBALS.has(node.text) && !isMemberName(node)) {
      identifiers.push({ name: node.text, line: at(node) });
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return { imports, nodeGlobals: identifiers.filter(({ name }) => !declared.has(name)) };
}

function specifierOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function isDeclaration(node) {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

// `x.process`, `{ process: 1 }` and `interface { process: … }` name a member, not the global.
function isMemberName(node) {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  const named =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent);
  return named && parent.name === node;
}
