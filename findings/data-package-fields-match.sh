#!/usr/bin/env bash
# `fieldsMatch` of a Table Schema says whether a file may lack fields. The published JSON profile of version 2.0 (as
# dplib-py 1.1.0 ships it) wants an array there; frictionless 5.21.0 wants a string, and refuses the array. No value
# satisfies both, so a package that uses the member is invalid to one of the two. Needs: Python 3 with pip.
# Dossier: every line of a table holds every field, and the member is left out (src/package/manifest.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'frictionless[json]==5.21.0' dplib-py==1.1.0 jsonschema==4.26.0
cat > "$folder/check.py" <<'PY'
import frictionless, importlib.util, json, jsonschema, os, pathlib, sys, warnings
warnings.simplefilter('ignore')
os.chdir(sys.argv[1])
open('t.csv', 'w').write('id,name\r\n1,x\r\n')
profile = json.load(open(pathlib.Path(importlib.util.find_spec('dplib').origin).parent / 'profiles/2.0/tableschema.json'))
def taken(value):
    schema = {'fields': [{'name': 'id', 'type': 'integer'}, {'name': 'name', 'type': 'string'}], **({} if value is None else {'fieldsMatch': value})}
    by_profile = jsonschema.Draft7Validator(profile).is_valid(schema)
    by_program = frictionless.validate({'name': 'p', 'resources': [{'name': 't', 'type': 'table', 'path': 't.csv', 'schema': schema}]}).valid
    return by_profile, by_program
said = {str(value): taken(value) for value in (None, 'superset', ['superset'])}
for value, (by_profile, by_program) in said.items():
    print(f'fieldsMatch {value}: JSON profile 2.0 {"takes" if by_profile else "refuses"} it, frictionless {frictionless.__version__} {"takes" if by_program else "refuses"} it')
as_described = said == {'None': (True, True), 'superset': (False, True), "['superset']": (True, False)}
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
