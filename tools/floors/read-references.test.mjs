import { expect, test } from "vitest";
import { readReferences } from "./read-references.mjs";

const names = (entries) => entries.map(({ name, line }) => `${line}:${name}`);

test("every way to import is found, with its line", () => {
  const text = [
    'import { a } from "one";',
    'import type { B } from "two";',
    'export { c } from "three";',
    'const d = await import("four");',
    'type E = import("five").E;',
    'import "six";',
    'const f = require("seven");',
    'import g = require("eight");',
  ].join("\n");
  expect(names(readReferences("x.ts", text).imports)).toEqual([
    "1:one",
    "2:two",
    "3:three",
    "4:four",
    "5:five",
    "6:six",
    "7:seven",
    "8:eight",
  ]);
});

test("an import in a comment or in a text is not one", () => {
  const text = '// import { a } from "one"\n/** import { b } from "two" */\nconst text = `import { c } from "three"`;';
  expect(readReferences("x.ts", text).imports).toEqual([]);
});

test.each([
  ["a value", "export const size = Buffer.byteLength(text);"],
  ["a type", "export function f(bytes: Buffer): void {}"],
  ["a check for it", 'if (typeof Buffer === "function") run();'],
])("Buffer as %s is a global of Node", (_name, text) => {
  expect(names(readReferences("x.ts", text).nodeGlobals)).toEqual(["1:Buffer"]);
});

test("types of the NodeJS namespace are globals of Node", () => {
  const text = "export function f(env: NodeJS.ProcessEnv): void {}";
  expect(names(readReferences("x.ts", text).nodeGlobals)).toEqual(["1:NodeJS"]);
});

test.each([
  ["a member", "item.process; const x = { process: 1 };"],
  ["a field of a type", "interface Item { readonly process: number }"],
  ["a name of the file's own", "function run(process: string): string { return process; }"],
])("%s called process is not the global", (_name, text) => {
  expect(readReferences("x.ts", text).nodeGlobals).toEqual([]);
});
