#!/usr/bin/env bash
# A Data Package may carry any JSON file as a resource. frictionless 5.21.0 looks at the name and the keys of a JSON
# resource: one that ends in `report.json` or `schema.json`, or that has a key such as `fields` (a farm's, say), is taken
# for a descriptor of its own kind and judged as one, so that a perfectly good file makes the whole package invalid.
# Neither the media type nor an absent `type` changes that; `"format": "file"` does. Needs: Python 3 with pip.
# Dossier: what a vendor handed over has `format: file` in the manifest, whatever its name (src/package/manifest.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'frictionless[json]==5.21.0'
cat > "$folder/check.py" <<'PY'
import frictionless, json, os, sys, warnings
warnings.simplefilter('ignore')
os.chdir(sys.argv[1])
contents = {'year.json': {'sold': 1}, 'report.json': {'sold': 1}, 'schema.json': {'sold': 1}, 'farm.json': {'fields': ['north', 'south']}}
names = list(contents)
for name, content in contents.items():
    json.dump(content, open(name, 'w'))
def valid(name, **more):
    return frictionless.validate({'name': 'p', 'resources': [{'name': 'r', 'path': name, 'mediatype': 'application/json', **more}]}).valid
plain = {name: valid(name) for name in names}
filed = {name: valid(name, format='file') for name in names}
print(f'frictionless {frictionless.__version__}: valid by name: {plain}; with "format": "file": {filed}')
as_described = plain == {'year.json': True, 'report.json': False, 'schema.json': False, 'farm.json': False} and all(filed.values())
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
