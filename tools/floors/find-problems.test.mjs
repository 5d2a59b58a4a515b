import { expect, test } from "vitest";
import { findProblems } from "./find-problems.mjs";

function pack(name, { dependencies = {}, devDependencies = {}, imports = [], globals = [], path = "src/x.ts" } = {}) {
  const folder = `packages/${name}`;
  const file = {
    path: `${folder}/${path}`,
    imports: imports.map((specifier) => ({ name: specifier, line: 7 })),
    nodeGlobals: globals.map((global) => ({ name: global, line: 9 })),
  };
  return { folder, manifest: { name: `@clawmetry/siem-${name}`, dependencies, devDependencies }, files: [file] };
}

const CEF = { "@clawmetry/siem-text": "workspace:^", "@clawmetry/siem-events": "workspace:^" };

test("arrows of the table are fine", () => {
  const imports = ["@clawmetry/siem-text", "@clawmetry/siem-events", "./escape.ts"];
  expect(findProblems(pack("cef", { dependencies: CEF, imports }))).toEqual([]);
});

test("a subpath counts as its package", () => {
  const dependencies = { "@clawmetry/siem-transports": "workspace:^" };
  expect(findProblems(pack("exporter", { dependencies, imports: ["@clawmetry/siem-transports/tcp"] }))).toEqual([]);
});

test("an arrow to a higher floor is refused in the manifest", () => {
  expect(findProblems(pack("syslog", { dependencies: { "@clawmetry/siem-exporter": "workspace:^" } }))).toEqual([
    "packages/syslog/package.json: @clawmetry/siem-syslog depends on @clawmetry/siem-exporter; allowed: @clawmetry/siem-text",
  ]);
});

test("an arrow sideways is refused in a source file, with its line", () => {
  expect(findProblems(pack("cef", { dependencies: CEF, imports: ["@clawmetry/siem-json"] }))).toEqual([
    "packages/cef/src/x.ts:7: imports @clawmetry/siem-json; allowed: @clawmetry/siem-text, @clawmetry/siem-events",
  ]);
});

test.each(["peerDependencies", "optionalDependencies"])("an outside package is refused in %s too", (field) => {
  const subject = pack("core");
  subject.manifest[field] = { ms: "^2.0.0" };
  expect(findProblems(subject)).toEqual([
    "packages/core/package.json: @clawmetry/siem-core depends on ms; allowed: nothing",
  ]);
});

test("the exporter may use its schema library and no other", () => {
  const dependencies = { valibot: "^1.0.0", zod: "^4.0.0" };
  expect(findProblems(pack("exporter", { dependencies, imports: ["valibot"] }))).toEqual([
    "packages/exporter/package.json: @clawmetry/siem-exporter depends on zod; allowed: @clawmetry/siem-text, " +
      "@clawmetry/siem-events, @clawmetry/siem-core, @clawmetry/siem-cef, @clawmetry/siem-json, " +
      "@clawmetry/siem-syslog, @clawmetry/siem-transports, @clawmetry/siem-spool, valibot, @opentelemetry/api, prom-client",
  ]);
});

test("an allowed import that the manifest does not list is refused: users would not have it", () => {
  expect(findProblems(pack("syslog", { imports: ["@clawmetry/siem-text"] }))).toEqual([
    "packages/syslog/src/x.ts:7: imports @clawmetry/siem-text; allowed: what packages/syslog/package.json lists in dependencies or peerDependencies",
  ]);
});

test("a peer that the manifest lists may be imported, one that it does not list may not", () => {
  const subject = pack("exporter", { imports: ["prom-client", "@opentelemetry/api"] });
  subject.manifest.peerDependencies = { "prom-client": "^15.0.0" };
  expect(findProblems(subject)).toEqual([
    "packages/exporter/src/x.ts:7: imports @opentelemetry/api; allowed: what packages/exporter/package.json lists in dependencies or peerDependencies",
  ]);
});

test("our own packages are named by the workspace range", () => {
  expect(findProblems(pack("syslog", { dependencies: { "@clawmetry/siem-text": "workspace:*" } }))).toEqual([
    "packages/syslog/package.json: @clawmetry/siem-text has the range workspace:*; allowed: workspace:^",
  ]);
});

test("a package for browsers touches nothing of Node", () => {
  expect(findProblems(pack("text", { imports: ["node:util"], globals: ["Buffer"] }))).toEqual([
    "packages/text/src/x.ts:7: imports node:util; allowed: nothing of Node: @clawmetry/siem-text runs in a browser",
    "packages/text/src/x.ts:9: uses Buffer; allowed: what a browser has too",
  ]);
});

test("the core and the transports use Node", () => {
  expect(findProblems(pack("core", { imports: ["node:crypto"], globals: ["process"] }))).toEqual([]);
});

test("tests may use the test tools and Node, and still nothing from a higher floor", () => {
  const imports = [
    "vitest",
    "fast-check",
    "@clawmetry/siem-testkit",
    "node:fs",
    "../testdata/a.json",
    "../../cli/src/run.ts",
  ];
  expect(findProblems(pack("text", { imports, globals: ["Buffer"], path: "src/x.test.ts" }))).toEqual([
    "packages/text/src/x.test.ts:7: imports ../../cli/src/run.ts; allowed: files in packages/text",
  ]);
});

test("what tests share in the folder test may use what tests use, and stays in its package", () => {
  const imports = ["vitest", "@clawmetry/siem-testkit", "../src/y.ts", "../../cli/src/run.ts"];
  expect(findProblems(pack("text", { imports, path: "test/x.ts" }))).toEqual([
    "packages/text/test/x.ts:7: imports ../../cli/src/run.ts; allowed: files in packages/text",
  ]);
});

test("source files do not import test tools or files outside src", () => {
  expect(findProblems(pack("text", { imports: ["vitest", "../testdata/a.json"] }))).toEqual([
    "packages/text/src/x.ts:7: imports vitest; allowed: nothing",
    "packages/text/src/x.ts:7: imports ../testdata/a.json; allowed: files in packages/text/src",
  ]);
});

test("examples import their own package by name", () => {
  expect(findProblems(pack("text", { imports: ["@clawmetry/siem-text"], path: "examples/x.ts" }))).toEqual([]);
});

test("a development dependency outside the test tools is refused", () => {
  expect(findProblems(pack("text", { devDependencies: { "fast-check": "4.0.0", lodash: "4.0.0" } }))).toEqual([
    "packages/text/package.json: @clawmetry/siem-text depends on lodash for development; " +
      "allowed: @clawmetry/siem-testkit, vitest, fast-check",
  ]);
});

test("a public package without a floor is refused, a private one has none", () => {
  const subject = { folder: "packages/new", manifest: { name: "@clawmetry/siem-new" }, files: [] };
  expect(findProblems(subject)).toEqual([
    "packages/new/package.json: @clawmetry/siem-new has no floor; give it one in tools/floors/table.mjs",
  ]);
  expect(findProblems({ ...subject, manifest: { ...subject.manifest, private: true } })).toEqual([]);
});
