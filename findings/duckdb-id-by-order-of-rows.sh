#!/usr/bin/env bash
# The same 30,002 records in another order hold another number of customers. DuckDB 2.0.1 looks at the first 20,480 rows of a
# CSV: an ID `00123` among them makes the column a text, and `123` and `00123` are two. Where it comes later the column is
# already a number, the zeros are dropped without an error, and the two are one. A day that is none, in the same late place,
# does raise an error, though only in a query that asks for its column. Needs: Python 3 with pip.
# Dossier: docs/how-to/verify-a-package.md says to read its tables with `all_varchar=true`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
cat > "$folder/check.py" <<'PY'
import os, sys
import duckdb
os.chdir(sys.argv[1])
ONE, OTHER, CROWD = '123,2026-01-01\n', '00123,2026-01-01\n', ''.join(f'{100000 + number},2026-01-01\n' for number in range(30000))
def outcome(name, rows, columns='COUNT(DISTINCT id), ANY_VALUE(TYPEOF(id))'):
    with open(name, 'w') as file:
        file.write('id,day\n' + rows)
    try:
        return duckdb.sql(f"SELECT COUNT(*), {columns} FROM read_csv('{name}')").fetchall()[0]
    except duckdb.Error as error:
        return f'{type(error).__name__}: {str(error).splitlines()[0]}'
early, late = outcome('early.csv', ONE + OTHER + CROWD), outcome('late.csv', ONE + CROWD + OTHER)
no_day = ONE + CROWD + '5,2024-02-30\n'
unasked, asked = outcome('no-day.csv', no_day, 'MAX(id)'), outcome('no-day.csv', no_day, 'MAX(day)')
print(f'DuckDB {duckdb.__version__}: records, different IDs, type: {early} with 00123 early, {late} with 00123 late')
print(f'2024-02-30 late: {unasked} where the day is not asked for, {asked} where it is')
as_described = early == (30002, 30002, 'VARCHAR') and late == (30002, 30001, 'BIGINT') and unasked == (30002, 129999) and 'CSV Error' in str(asked)
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
