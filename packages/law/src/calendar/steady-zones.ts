/**
 * Zones that stopped changing their clocks in 2026, for runtimes with older data. Without this
 * table, a moment near midnight in winter could be off by an hour, and so by a day.
 *
 * @see IANA time zone database 2026f, files northamerica and africa; read on 2026-11-24
 */
const STEADY: Readonly<Record<string, string>> = {
  'America/Vancouver': 'Etc/GMT+7',
  'Canada/Pacific': 'Etc/GMT+7',
  'America/Edmonton': 'Etc/GMT+6',
  'America/Yellowknife': 'Etc/GMT+6',
  'America/Inuvik': 'Etc/GMT+6',
  'Canada/Mountain': 'Etc/GMT+6',
  'America/Winnipeg': 'Etc/GMT+5',
  'America/Rainy_River': 'Etc/GMT+5',
  'Canada/Central': 'Etc/GMT+5',
  'Africa/Casablanca': 'Etc/GMT',
  'Africa/El_Aaiun': 'Etc/GMT',
};
const STEADY_SINCE = Date.UTC(2026, 10, 1);

/** The zone to read a moment in: `zone`, or its replacement from the table above. */
export const clockOf = (zone: string, milliseconds: number) =>
  milliseconds < STEADY_SINCE ? zone : (STEADY[zone] ?? zone);
