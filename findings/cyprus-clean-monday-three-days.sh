#!/usr/bin/env bash
# Three holiday libraries, three dates for one statutory holiday. Clean Monday (Green Monday) of Cyprus lies 48 days before
# the Orthodox Easter Sunday, so it is a Monday. date-holidays 3.37.0 (npm) has it on the Tuesday after, every year;
# workalendar 17.0.0 (PyPI) counts from the Western Easter, five weeks off in 2024; holidays 0.109 (PyPI) has the Monday.
# A term that "rolls" off a day which is no holiday ends too late. Needs: Python 3 with pip, Node with npm.
# Dossier: holiday tables are frozen, only days on which two sources agree roll, and this day has a rule of its own
# (packages/law/data/holidays/cy.json).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 workalendar==17.0.0
npm install --prefix "$folder" --silent --no-audit --no-fund date-holidays@3.37.0
cat > "$folder/days.js" <<'JS'
const Holidays = require('date-holidays');
const days = [2024, 2025, 2026].map((year) => new Holidays('CY').getHolidays(year).find(({ name, type }) => name === 'Καθαρά Δευτέρα' && type === 'public'));
console.log(JSON.stringify(days.map(({ date }) => date.slice(0, 10))));
JS
cat > "$folder/check.py" <<'PY'
import datetime, json, subprocess, sys
from dateutil.easter import easter, EASTER_ORTHODOX
from workalendar.europe import Cyprus
import holidays
years = (2024, 2025, 2026)
by_rule = [easter(year, EASTER_ORTHODOX) - datetime.timedelta(days=48) for year in years]
said = {
    'holidays': [next(day for day, name in holidays.country_holidays('CY', years=year, language='en_US').items() if name == 'Green Monday') for year in years],
    'workalendar': [next(day for day, name in Cyprus().holidays(year) if name == 'Clean Monday') for year in years],
    'date-holidays': [datetime.date.fromisoformat(day) for day in json.loads(subprocess.check_output(['node', 'days.js'], cwd=sys.argv[1]))],
}
off = {library: [(day - right).days for day, right in zip(days, by_rule)] for library, days in said.items()}
print(f'48 days before the Orthodox Easter: {" ".join(f"{day:%a %Y-%m-%d}" for day in by_rule)}')
for library, days in said.items():
    print(f'{library}: {" ".join(f"{day:%a %Y-%m-%d}" for day in days)}: {off[library]} days off')
as_described = off == {'holidays': [0, 0, 0], 'workalendar': [-35, 0, -7], 'date-holidays': [1, 1, 1]}
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
