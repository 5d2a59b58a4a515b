import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

type Version = readonly [major: number, minor: number, patch: number];

/**
 * Registers the tests that keep the bytes of a format: `lines` are those of the newest `testdata/golden/<version>/<file>`
 * under `packageUrl` (the folder, with a slash at the end), and that version is one that the package has, or will have
 * with the changesets that wait. So a changed byte needs a new folder, and the new folder a changeset.
 */
export async function describeGolden(packageUrl: URL, file: string, lines: () => readonly string[]): Promise<void> {
  const folder = new URL("testdata/golden/", packageUrl);
  const versions = (await readdir(folder)).map(parseVersion).sort(compareVersions);
  const newest = versions.at(-1);
  if (newest === undefined) throw new Error(`no testdata/golden/<version> in ${packageUrl.pathname}`);

  describe(`golden file ${file} of ${newest.join(".")}`, () => {
    test("holds the lines that are written now", async () => {
      const golden = await readFile(new URL(`${newest.join(".")}/${file}`, folder), "utf8");
      expect(lines()).toEqual(golden.trimEnd().split("\n"));
    });

    test("is of a version that the package has or will have", async () => {
      expect(compareVersions(newest, await nextVersion(packageUrl))).toBeLessThanOrEqual(0);
    });
  });
}

async function nextVersion(packageUrl: URL): Promise<Version> {
  const { name, version } = JSON.parse(await readFile(new URL("package.json", packageUrl), "utf8")) as Manifest;
  const [major, minor, patch] = parseVersion(version);
  const changes = await changesOf(name, new URL("../../.changeset/", packageUrl));
  if (changes.includes("major")) return [major + 1, 0, 0];
  if (changes.includes("minor")) return [major, minor + 1, 0];
  return changes.includes("patch") ? [major, minor, patch + 1] : [major, minor, patch];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}

async function changesOf(name: string, changesets: URL): Promise<readonly string[]> {
  const files = (await readdir(changesets)).filter((file) => file.endsWith(".md"));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, changesets), "utf8")));
  const line = new RegExp(`^["']${name}["']: (major|minor|patch)$`, "gm");
  return texts.flatMap((text) => [...text.matchAll(line)].map((match) => match[1] ?? ""));
}

function parseVersion(text: string): Version {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null) throw new Error(`${text} is no version: expected three numbers, such as 0.1.0`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

function compareVersions(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
