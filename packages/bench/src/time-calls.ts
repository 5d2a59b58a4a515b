/**
 * How long each call took, in nanoseconds. The first call of `warmUp` that counts comes after as many others, and every
 * `everyTurn` calls the event loop gets its turn, which is not counted.
 */
export async function timeCalls(
  call: (number: number) => unknown,
  options: { readonly calls: number; readonly warmUp: number; readonly everyTurn: number },
): Promise<Float64Array> {
  const samples = new Float64Array(options.calls);
  for (let number = -options.warmUp; number < options.calls; number++) {
    const start = process.hrtime.bigint();
    call(number + options.warmUp);
    const end = process.hrtime.bigint();
    if (number >= 0) samples[number] = Number(end - start);
    if (number % options.everyTurn === 0) await nextTurn();
  }
  return samples;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
