/** The known names nearest to an unknown one, at most three. Empty if none is near. */
export function nearest(typed: string, known: readonly string[]): string[] {
  const said = typed.toLowerCase();
  const distance = (name: string): number => {
    const other = name.toLowerCase();
    return other.startsWith(said) || other.endsWith(said) || other.includes(`:${said}`)
      ? 0
      : edits(said, other);
  };
  return known
    .map((name) => ({ name, far: distance(name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.min(name.length, 24) / 3)))
    .toSorted((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The number of letters to change, insert or remove. */
function edits(one: string, other: string): number {
  const long = 64;
  let row = Array.from({ length: Math.min(other.length, long) + 1 }, (_, index) => index);
  for (const [at, letter] of one.slice(0, long).split('').entries()) {
    const next = [at + 1];
    for (let index = 1; index < row.length; index += 1) {
      next.push(
        Math.min(
          (row[index] ?? 0) + 1,
          (next[index - 1] ?? 0) + 1,
          (row[index - 1] ?? 0) + (letter === other[index - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
