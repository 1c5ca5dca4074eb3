#!/usr/bin/env bash
# "Ten working days" of a request that came on a Saturday. workalendar 17.0.0 and holidays 0.109 end on Friday 11 December
# 2026, numpy 2.4.6 on Monday the 14th: it first rolls forward to Monday, and only then counts ten more. Counted back, from
# that Saturday to that Friday, it is 10, 10 and 9. From Monday to Friday of one week it is 4, 5 and 4, so no two
# libraries agree on everything, although they were given the same holidays of the USA. Needs: Python 3 with pip.
# Dossier: days are counted by arithmetic of its own, and each law says whether the first day counts (packages/law, docs/explanation/dates-and-doubts.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 workalendar==17.0.0 numpy==2.4.6
cat > "$folder/check.py" <<'PY'
import datetime, sys
import holidays, numpy
from workalendar.usa import UnitedStates
saturday, friday = datetime.date(2026, 11, 28), datetime.date(2026, 12, 11)
week = datetime.date(2026, 11, 30), datetime.date(2026, 12, 4)
calendar, table = UnitedStates(), holidays.country_holidays('US', years=(2026, 2027))
free = list(table)
said = {
    'workalendar': (calendar.add_working_days(saturday, 10), calendar.get_working_days_delta(saturday, friday), calendar.get_working_days_delta(*week)),
    'holidays': (table.get_nth_working_day(saturday, 10), table.get_working_days_count(saturday, friday), table.get_working_days_count(*week)),
    'numpy': (numpy.busday_offset(saturday, 10, roll='forward', holidays=free).item(), int(numpy.busday_count(saturday, friday, holidays=free)), int(numpy.busday_count(*week, holidays=free))),
}
for library, (end, back, monday_to_friday) in said.items():
    print(f'{library}: ten working days from Saturday {saturday} end on {end:%A %Y-%m-%d}; from {saturday} to {friday}: {back}; from Monday to Friday: {monday_to_friday}')
as_described = said == {'workalendar': (friday, 10, 4), 'holidays': (friday, 10, 5), 'numpy': (datetime.date(2026, 12, 14), 9, 4)}
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py"
