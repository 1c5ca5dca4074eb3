#!/usr/bin/env bash
# frictionless 5.21.0, installed as its name says, calls every JSON Lines table of a package invalid and advises: Please
# install "frictionless". It is installed; what is missing is its extra `frictionless[json]`. On the command line the word in
# brackets is taken for a mark-up of the terminal, and vanishes from the message: the library itself names it. CSV is read.
# Needs: Python 3 with pip.
# Dossier: `npm run check:readers` installs the extra, and docs/how-to/verify-a-package.md names it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cat > "$folder/check.py" <<'PY'
import json, os, pathlib, subprocess, sys, warnings
warnings.simplefilter('ignore')
import frictionless
os.chdir(sys.argv[1])
pathlib.Path('orders.ndjson').write_text('{"id":1}\n{"id":2}\n')
package = {'name': 'p', 'resources': [{'name': 'orders', 'type': 'table', 'path': 'orders.ndjson', 'schema': {'fields': [{'name': 'id', 'type': 'integer'}]}}]}
pathlib.Path('datapackage.json').write_text(json.dumps(package))
by_library = [error.message for task in frictionless.validate(package).tasks for error in task.errors] + list(frictionless.validate(package).errors)
shown = subprocess.run([pathlib.Path(sys.executable).parent / 'frictionless', 'validate', 'datapackage.json'], capture_output=True, text=True, env={**os.environ, 'COLUMNS': '300', 'NO_COLOR': '1'})
line = next((line.strip() for line in shown.stdout.splitlines() if 'install' in line), shown.stdout)
print(f'frictionless {frictionless.__version__}, as a library: {[str(message) for message in by_library]}\non the command line: exit code {shown.returncode}, {line}')
as_described = shown.returncode == 1 and 'frictionless[json]' in str(by_library) and 'install "frictionless"' in shown.stdout and '[json]' not in shown.stdout
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
