#!/usr/bin/env bash
# The new moon of 6 February 2027 rises at 15:56 UTC: before midnight in Beijing, after midnight in Seoul. So the Chinese
# New Year of 2027 is 6 February and the Korean one 7 February. workalendar 17.0.0 gives Korea the days around the Chinese
# date; date-holidays 3.37.0 has the right date and counts the three days from it, not around it; holidays 0.109 and the
# almanac of @hyunbinseo/holidays-kr 5.2027.1 have 6 to 8 February. In 2026 both moons agree, and workalendar is right.
# Needs: Python 3 with pip, Node with npm.
# Dossier: Korean holidays come from the almanac, frozen in a table (packages/law/data/holidays/kr.json).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 workalendar==17.0.0
npm install --prefix "$folder" --silent --no-audit --no-fund date-holidays@3.37.0 @hyunbinseo/holidays-kr@5.2027.1
cat > "$folder/days.mjs" <<'JS'
import Holidays from 'date-holidays';
import * as almanac from '@hyunbinseo/holidays-kr/all';
const fromLibrary = (year) => {
  const { start, end } = new Holidays('KR').getHolidays(year).find(({ rule }) => rule === 'korean 01-0-01 P3D');
  const days = [];
  for (let moment = start.getTime(); moment < end.getTime(); moment += 86_400_000) days.push(new Date(moment + 9 * 3_600_000).toISOString().slice(0, 10));
  return days;
};
const fromAlmanac = (year) => Object.entries(almanac[`y${year}`]).filter(([, names]) => names.some((name) => name.startsWith('설날'))).map(([day]) => day);
console.log(JSON.stringify({ 'date-holidays': [2026, 2027].map(fromLibrary), almanac: [2026, 2027].map(fromAlmanac) }));
JS
cat > "$folder/check.py" <<'PY'
import json, subprocess, sys
from workalendar.asia import SouthKorea
import holidays
years = (2026, 2027)
said = json.loads(subprocess.check_output(['node', 'days.mjs'], cwd=sys.argv[1]))
said['holidays'] = [sorted(str(day) for day, name in holidays.country_holidays('KR', years=year, language='en_US').items() if name.endswith('Korean New Year') and 'Alternative' not in name) for year in years]
said['workalendar'] = [sorted(str(day) for day, name in SouthKorea().holidays(year) if name == "Korean New Year's Day") for year in years]
for source, days in said.items():
    print(f'{source}: {"; ".join(" ".join(of_year) for of_year in days)}')
def february(*days):
    return [f'2027-02-{day:02}' for day in days]
right_2026 = [f'2026-02-{day}' for day in (16, 17, 18)]
as_described = said['almanac'][1][:3] == february(6, 7, 8) and said['holidays'] == [right_2026, february(6, 7, 8)] \
    and said['workalendar'] == [right_2026, february(5, 6, 7)] and said['date-holidays'][1] == february(7, 8, 9)
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
