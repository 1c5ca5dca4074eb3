#!/usr/bin/env bash
# An empty JSON Lines file is a file without records, as valid as a CSV that has a header and no rows.
# frictionless 5.21.0 (Python 3.11 and later) calls it invalid with a message about Python's own inner workings:
# "generator raised StopIteration". An empty CSV that has its header is valid, so a package in which the same empty table
# stands in both formats is half valid. Needs: Python 3 with pip.
# Dossier: an empty NDJSON file is described as a file, and not as a table (src/package/manifest.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'frictionless[json]==5.21.0'
cat > "$folder/check.py" <<'PY'
import frictionless, os, sys, warnings
warnings.simplefilter('ignore')
os.chdir(sys.argv[1])
open('empty.ndjson', 'w').close()
open('empty.csv', 'w').write('id,name\r\n')
schema = {'fields': [{'name': 'id', 'type': 'string'}, {'name': 'name', 'type': 'string'}]}
package = lambda path: {'name': 'p', 'resources': [{'name': 'empty', 'type': 'table', 'path': path, 'schema': schema}]}
said = {}
for path in ('empty.csv', 'empty.ndjson'):
    report = frictionless.validate(package(path))
    said[path] = [error.message for task in report.tasks for error in task.errors]
    print(f'frictionless {frictionless.__version__}: {path}: {said[path] or "valid"}')
as_described = not said['empty.csv'] and any('StopIteration' in message for message in said['empty.ndjson'])
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
