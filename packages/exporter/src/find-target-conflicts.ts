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
  const problems = targets.flatMap(({ settings, placeOf }) =>
    findConflicts(
      settings,
      (path) => isBad(placeOf(path)),
      (path, beside) => nameOf(placeOf(path, beside)),
    ),
  );
  const all = [...problems, ...findTooMany(targets, nameOf), ...findRepeated(targets, isBad, nameOf)];
  return [...new Map(all.map((problem) => [problem.message, problem])).values()]; // a shared setting is at fault in each
}

function findTooMany(targets: readonly ListedTarget[], nameOf: NameSetting): readonly ConfigProblem[] {
  if (targets.length <= MAX_TARGETS || targets.some(({ listed }) => listed)) return [];
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
  return targets.flatMap(({ settings, listed }, index) => {
    const place = listed ? `targets[${index}].host` : "host";
    if (settings.host === "" || isBad(place)) return [];
    const name = nameTarget(settings);
    const first = firstOf.get(name.toLowerCase());
    if (first === undefined) {
      firstOf.set(name.toLowerCase(), index);
      return [];
    }
    const setting = nameOf(place);
    const fault = listed
      ? `must not lead where ${nameOf(`targets[${first}]`)} leads already: ${showName(name)}`
      : `must name each collector once, and it names ${showName(settings.host)} twice`;
    return [{ setting, message: `${setting} ${fault}` }];
  });
}
