/**
 * Runs pieces of work one after the other, in order of arrival, because a connection to PostgreSQL
 * takes one query at a time.
 */
export function inTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
