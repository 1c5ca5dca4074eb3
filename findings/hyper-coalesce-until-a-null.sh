#!/usr/bin/env bash
# Whether a statement is well typed depends on the rows. In Hyper (tableauhyperapi 0.0.26963, the engine behind Salesforce
# Data Cloud's queries) `coalesce(n, '')` over a column of numbers compiles and runs as long as no row has a NULL. One row
# with a NULL, and the very same statement is refused when it is compiled: "'coalesce' requires identical types". When that
# row is deleted it runs again. One expects the refusal always, or never, so a test over full data proves nothing.
# Needs: Python 3 with pip.
# Dossier: key qualifiers alone are coalesced, and they are texts (src/connectors/data-cloud/export/export-query.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tableauhyperapi==0.0.26963
cat > "$folder/check.py" <<'PY'
import os, sys
from tableauhyperapi import Connection, CreateMode, HyperException, HyperProcess, Telemetry, __version__
os.chdir(sys.argv[1])
with HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters={'log_config': ''}) as engine, \
        Connection(engine.endpoint, 'amounts.hyper', CreateMode.CREATE_AND_REPLACE) as connection:
    def outcome():
        try:
            return [str(row[0]) for row in connection.execute_list_query("SELECT COALESCE(n, '') FROM amounts")]
        except HyperException as error:
            return str(error).split(':')[0].split('\n')[0]
    connection.execute_command('CREATE TABLE amounts (n NUMERIC(18,0))')
    said = []
    for step in ("INSERT INTO amounts VALUES (5)", "INSERT INTO amounts VALUES (NULL)", "DELETE FROM amounts WHERE n IS NULL"):
        connection.execute_command(step)
        said.append(outcome())
        print(f'Hyper {__version__}, after {step}: {said[-1]}')
as_described = said == [['5'], "'coalesce' requires identical types", ['5']]
print('as described' if as_described else 'the behaviour has changed')
sys.exit(0 if as_described else 1)
PY
"$folder/venv/bin/python" "$folder/check.py" "$folder"
