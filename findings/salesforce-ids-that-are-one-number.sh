#!/usr/bin/env bash
# A Salesforce ID is fifteen letters and digits. Where the only letter is an `e`, four readers of CSV take it for a number
# in powers of ten: DuckDB 2.0.1, Polars 2.1.0, pandas 3.1.1 and pyarrow 26.0.1. Two different IDs can be one number, and
# then the two records count, join and deduplicate as one. In a file with one other ID all four keep the text,
# so that a small extract goes wrong where the whole table went well. Needs: Python 3 with pip.
# Dossier: the schema in a package's datapackage.json says that IDs are strings (docs/reference/package.md); read them with it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1
cat > "$folder/check.py" <<'PY'
import os, sys
import duckdb, pandas, polars, pyarrow.csv
os.chdir(sys.argv[1])
ALIKE, OTHER = ['701300000000e12', '70130000000e013'], '701300000000Abc'
def write(name, ids):
    with open(name, 'w') as file:
        file.write('id,name\n' + ''.join(f'{id},n\n' for id in ids))
    return name
few, more = write('few.csv', ALIKE), write('more.csv', [*ALIKE, OTHER])
readers = {
    'DuckDB': lambda name: [row[0] for row in duckdb.sql(f"SELECT id FROM read_csv('{name}')").fetchall()],
    'Polars': lambda name: polars.read_csv(name)['id'].to_list(),
    'pandas': lambda name: pandas.read_csv(name)['id'].tolist(),
    'pyarrow': lambda name: pyarrow.csv.read_csv(name)['id'].to_pylist(),
}
as_described = True
for name, read in readers.items():
    seen, with_another = read(few), read(more)
    print(f'{name}: {ALIKE} are {seen}; beside {OTHER} they are {with_another[:2]}')
    as_described &= len(set(seen)) == 1 and isinstance(seen[0], float) and with_another == [*ALIKE, OTHER]
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
