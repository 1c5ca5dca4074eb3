/** A cell as text: empty for null. */
export const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value as string | number);
