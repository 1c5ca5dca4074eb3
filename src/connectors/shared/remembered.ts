/**
 * A look-up that all callers share. Callers that come while it runs wait for the same result, and
 * those that come within its time get it at once. A failed look-up is not kept.
 *
 * @param lasts milliseconds for which a result is kept
 * @param now milliseconds of a clock that never goes back
 */
export function remembered<Result>(
  lookUp: () => Promise<Result>,
  lasts: (result: Result) => number,
  now: () => number = () => performance.now(),
): (signal: AbortSignal) => Promise<Result> {
  let current: { readonly answer: Promise<Result>; until: number } | undefined;
  const renew = () => {
    const mine = { answer: lookUp(), until: Infinity };
    current = mine;
    mine.answer.then(
      (result) => {
        mine.until = now() + lasts(result);
      },
      () => {
        if (current === mine) current = undefined;
      },
    );
    return mine;
  };
  return async (signal) => {
    signal.throwIfAborted();
    const { answer } = current !== undefined && now() < current.until ? current : renew();
    return answer;
  };
}
