/** Runs `job` on every item and its index, `limit` at a time, and resolves to the results in order. */
export async function mapLimit(items, limit, job) {
  const results = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await job(item, index);
  };
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}
