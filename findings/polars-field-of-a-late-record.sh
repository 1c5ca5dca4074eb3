#!/usr/bin/env bash
# JSON Lines whose 201st record is the first to have a field, or the first to have a value in it. Polars 2.1.0 looks at the
# first 100 records: a field that it has not met by then is dropped without a word, while a field that was null until then
# fails the whole file ("got non-null value for NULL-typed column"). So writing the nulls out turns a silent loss into an error.
# DuckDB 2.0.1 and pyarrow 26.0.1 read both files whole, and `infer_schema_length=None` mends both. Needs: Python 3 with pip.
# Dossier: every line of a table holds every field, so nothing is dropped; docs/how-to/verify-a-package.md names the option.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1
cat > "$folder/check.py" <<'PY'
import os, sys
import duckdb, polars, pyarrow.json
os.chdir(sys.argv[1])
def write(name, first, last):
    with open(name, 'w') as file:
        file.write((first + '\n') * 200 + last + '\n')
    return name
files = {'absent': write('absent.ndjson', '{"id":1}', '{"id":1,"refund":5}'), 'null': write('null.ndjson', '{"id":1,"refund":null}', '{"id":1,"refund":5}')}
readers = {
    'Polars': lambda name: polars.read_ndjson(name).to_dicts()[-1],
    'Polars, all records first': lambda name: polars.read_ndjson(name, infer_schema_length=None).to_dicts()[-1],
    'DuckDB': lambda name: duckdb.sql(f"SELECT id, refund FROM read_json('{name}')").fetchall()[-1],
    'pyarrow': lambda name: pyarrow.json.read_json(name).to_pylist()[-1],
}
def outcome(read, name):
    try:
        return read(name)
    except polars.exceptions.ComputeError as error:
        return f'ComputeError: {str(error).splitlines()[0]}'
said = {reader: {kind: outcome(read, name) for kind, name in files.items()} for reader, read in readers.items()}
for reader, seen in said.items():
    print(f'{reader}: the last record, where the field was absent before: {seen["absent"]}; where it was null: {seen["null"]}')
whole = {'id': 1, 'refund': 5}
as_described = said['Polars']['absent'] == {'id': 1} and 'non-null value' in str(said['Polars']['null']) \
    and all(list(seen) == [whole, whole] for seen in (said['Polars, all records first'].values(), said['pyarrow'].values())) and set(said['DuckDB'].values()) == {(1, 5)}
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
