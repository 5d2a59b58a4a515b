/**
 * The name, with a number behind it when it was given before: two names may become the same placeholder, and both values must
 * stay. `given` counts how often each one was.
 */
export function uniqueName(name: string, given: Map<string, number>): string {
  const count = (given.get(name) ?? 0) + 1;
  given.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}
