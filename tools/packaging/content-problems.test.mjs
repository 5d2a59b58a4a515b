import { expect, test } from "vitest";
import { contentProblems } from "./content-problems.mjs";

const MANIFEST = {
  name: "@clawmetry/siem-json",
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
  dependencies: { "@clawmetry/siem-text": "^0.1.0" },
};
const PATHS = ["LICENSE", "README.md", "package.json", "dist/index.d.ts", "dist/index.js", "dist/index.js.map"];
const MAPS = [{ path: "dist/index.js.map", map: { sources: ["../src/index.ts"], sourcesContent: ["export {};"] } }];
const GOOD = { manifest: MANIFEST, paths: PATHS, maps: MAPS };

test("a tarball with the build, the README and the licence is fine", () => {
  expect(contentProblems(GOOD)).toEqual([]);
});

test.each(["LICENSE", "README.md"])("a tarball without %s is refused", (path) => {
  const paths = PATHS.filter((other) => other !== path);
  expect(contentProblems({ ...GOOD, paths })).toEqual([`@clawmetry/siem-json: the tarball lacks ${path}`]);
});

test.each(["src/index.ts", "testdata/a.json", "dist/index.test.js", "dist/index.d.ts.map", ".npmrc"])(
  "a tarball with %s is refused",
  (path) => {
    expect(contentProblems({ ...GOOD, paths: [...PATHS, path] })).toEqual([
      `@clawmetry/siem-json: the tarball holds ${path}; allowed: LICENSE, README.md, package.json, *.js, *.js.map and *.d.ts in dist`,
    ]);
  },
);

test("what exports and bin point at is in the tarball", () => {
  const manifest = { ...MANIFEST, bin: { tool: "./dist/bin.js" } };
  expect(contentProblems({ ...GOOD, manifest })).toEqual([
    "@clawmetry/siem-json: package.json points at ./dist/bin.js, which is not packed",
  ]);
});

test("a source map brings its sources along", () => {
  const maps = [{ path: "dist/index.js.map", map: { sources: ["../src/index.ts"] } }];
  expect(contentProblems({ ...GOOD, maps })).toEqual([
    "@clawmetry/siem-json: dist/index.js.map points at sources that are not packed",
  ]);
});

test("the source condition stays at home", () => {
  const exports = { ".": { "@clawmetry/source": "./dist/index.js", default: "./dist/index.js" } };
  expect(contentProblems({ ...GOOD, manifest: { ...MANIFEST, exports } })).toEqual([
    "@clawmetry/siem-json: exports hold the condition @clawmetry/source; publishConfig.exports must replace them",
  ]);
});

test("workspace ranges become versions", () => {
  const dependencies = { "@clawmetry/siem-text": "workspace:^" };
  expect(contentProblems({ ...GOOD, manifest: { ...MANIFEST, dependencies } })).toEqual([
    "@clawmetry/siem-json: depends on @clawmetry/siem-text at workspace:^; allowed: a version range",
  ]);
});
