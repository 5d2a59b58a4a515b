import { type ConfigProblem } from "./config-error.ts";
import { findConflicts } from "./find-conflicts.ts";
import { type ListedTarget } from "./list-targets.ts";
import { type NameSetting } from "./name-settings.ts";
import { nameTarget } from "./name-target.ts";
import { showName } from "./show-value.ts";
import { MAX_TARGETS } from "./target-settings.ts";

/** What problems of targets are told with. */
export interface TargetConflictsOptions {
  /** Whether the value at a path such as `targets[1].port` cannot be used by itself: nothing more is said about it. */
  readonly isBad: (path: string) => boolean;
  readonly nameOf: NameSetting;
}

/** Finds settings of targets that exclude each other, each told once, and targets that are the same. */
export function findTargetConflicts(
  targets: readonly ListedTarget[],
  { isBad, nameOf }: TargetConflictsOptions,
): readonly ConfigProblem[] {
  const problems = targets.flatMap((target, index) => {
    const place = (path: string, beside?: string): string => placeOf(target, index, path, beside);
    return findConflicts(
      target.settings,
      (path) => isBad(place(path)),
      (path, beside) => nameOf(place(path, beside)),
    );
  });
  const all = [...problems, ...findTooMany(targets, nameOf), ...findRepeated(targets, isBad, nameOf)];
  return [...new Map(all.map((problem) => [problem.message, problem])).values()]; // a shared setting is at fault in each
}

// Where a setting is, or else where it would be set: beside the one that needs it.
function placeOf({ own, shared }: ListedTarget, index: number, path: string, beside = path): string {
  const inTarget = has(own, path) || (!has(shared, path) && has(own, beside));
  return inTarget ? `targets[${index}].${path}` : path;
}

function has(settings: object, path: string): boolean {
  const [name = "", key] = path.split(".");
  const value: unknown = Object.entries(settings).find(([field]) => field === name)?.[1];
  return key === undefined || typeof value !== "object" || value === null ? value !== undefined : has(value, key);
}

function findTooMany(targets: readonly ListedTarget[], nameOf: NameSetting): readonly ConfigProblem[] {
  if (targets.length <= MAX_TARGETS || targets.some(({ own }) => own.host !== undefined)) return [];
  const setting = nameOf("host");
  const message = `${setting} must name ${MAX_TARGETS} collectors at most, and it names ${targets.length}`;
  return [{ setting, message }];
}

function findRepeated(
  targets: readonly ListedTarget[],
  isBad: (path: string) => boolean,
  nameOf: NameSetting,
): readonly ConfigProblem[] {
  const firstOf = new Map<string, number>();
  return targets.flatMap(({ settings, own }, index) => {
    const { host } = settings;
    if (host === "") return [];
    const name = nameTarget(settings);
    const first = firstOf.get(name.toLowerCase());
    if (first === undefined) {
      firstOf.set(name.toLowerCase(), index);
      return [];
    }
    if (own.host === undefined) {
      const setting = nameOf("host");
      if (isBad("host")) return [];
      return [{ setting, message: `${setting} must name each collector once, and it names ${showName(host)} twice` }];
    }
    if (isBad(`targets[${index}].host`) || isBad("targets")) return [];
    const setting = nameOf(`targets[${index}].host`);
    const other = nameOf(`targets[${first}]`);
    return [{ setting, message: `${setting} must not lead where ${other} leads already: ${showName(name)}` }];
  });
}
