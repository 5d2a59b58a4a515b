import { expect, test } from "vitest";
import { findProblems } from "./find-problems.mjs";

const LOCKFILE = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      tool:
        specifier: 1.2.3
        version: 1.2.3(@types/node@20.0.0)

packages:

  tool@1.2.3:
    resolution: {integrity: sha512-aaaa}
    hasBin: true

snapshots:

  '@scope/plain@2.0.0': {}

  tool-linux@1.2.3:
    optional: true

  tool@1.2.3(@types/node@20.0.0):
    dependencies:
      '@scope/plain': 2.0.0
    optionalDependencies:
      '@tool/darwin': 1.2.3
      tool-linux: 1.2.3
`;

const PLAIN = { name: "@scope/plain", version: "2.0.0" };
const TOOL = {
  name: "tool",
  version: "1.2.3",
  optionalDependencies: { "tool-linux": "1.2.3", "@tool/darwin": "1.2.3" },
};

test("a lockfile that holds every platform is fine", () => {
  expect(findProblems(LOCKFILE, [PLAIN, TOOL])).toEqual([]);
});

test("a platform that the lockfile lacks is named", () => {
  const optionalDependencies = { ...TOOL.optionalDependencies, "@tool/windows": "1.2.3" };
  expect(findProblems(LOCKFILE, [PLAIN, { ...TOOL, optionalDependencies }])).toEqual([
    "tool@1.2.3 lacks its optional dependency @tool/windows: lock it again from a registry that has it",
  ]);
});

test("a locked package that is not installed cannot be checked, unless it is another platform's", () => {
  expect(findProblems(LOCKFILE, [TOOL])).toEqual(["@scope/plain@2.0.0 is locked but not installed: run npm run setup"]);
});

test.each(["tarball: tool-1.2.3.tgz", "resolved: https://registry.example/tool-1.2.3.tgz"])(
  "an address is refused: %s",
  (address) => {
    const text = LOCKFILE.replace("integrity: sha512-aaaa", `integrity: sha512-aaaa, ${address}`);
    expect(findProblems(text, [PLAIN, TOOL])).toEqual(["line 14 holds an address; allowed: names, versions, hashes"]);
  },
);
