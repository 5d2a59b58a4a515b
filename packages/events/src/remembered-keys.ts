/**
 * `Object.keys` with a memory of its own, for a value that is written several times: of an object with very many properties
 * it is what costs most.
 */
export function rememberedKeys(): (item: object) => readonly string[] {
  const known = new WeakMap<object, readonly string[]>();
  return (item) => {
    const keys = known.get(item) ?? Object.keys(item);
    known.set(item, keys);
    return keys;
  };
}
