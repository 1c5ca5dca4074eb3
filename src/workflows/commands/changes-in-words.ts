import type { TimetableChange } from '../../contract/status.ts';

/** Dates that change, before and after. */
export const changesInWords = (changes: readonly TimetableChange[]): string =>
  changes.length === 0
    ? 'no date changes'
    : changes.map(({ date, from, to }) => `${date} ${from ?? 'none'} → ${to ?? 'none'}`).join(', ');
