#!/usr/bin/env bash
# Money through Apache Arrow. pyarrow 26.0.1 writes the decimal 19.90. apache-arrow 21.2.0 (npm) reads it back as the text
# "1990": the scale of the type is left to the caller. A decimal of 256 bits is worse: the bytes are there, and the text
# of 19.90 is "0", of -19.90 "-0", of 7.00 "0". pyarrow itself reads both types exactly, and nothing raises an error.
# Needs: Python 3 with pip, Node with npm.
# Dossier: Data Cloud is asked for rows as JSON and never as Arrow (src/salesforce/query-v3.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1
npm install --prefix "$folder" --silent --no-audit --no-fund apache-arrow@21.2.0
cat > "$folder/write.py" <<'PY'
import decimal, pyarrow, sys
amounts = [decimal.Decimal(text) for text in ('19.90', '-19.90', '7.00')]
table = pyarrow.table({'narrow': pyarrow.array(amounts, pyarrow.decimal128(18, 2)), 'wide': pyarrow.array(amounts, pyarrow.decimal256(40, 2))})
with pyarrow.OSFile(sys.argv[1], 'wb') as file, pyarrow.ipc.new_stream(file, table.schema) as stream:
    stream.write_table(table)
with pyarrow.OSFile(sys.argv[1]) as file:
    print(f'pyarrow {pyarrow.__version__} reads:', {name: [str(value) for value in values] for name, values in pyarrow.ipc.open_stream(file).read_all().to_pydict().items()})
PY
cat > "$folder/check.mjs" <<'JS'
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
const table = tableFromIPC(readFileSync(process.argv[2]));
const texts = (column) => JSON.stringify([...table.getChild(column)].map(String));
const [narrow, wide] = [texts('narrow'), texts('wide')];
console.log(`apache-arrow reads 128 bits as ${narrow}, 256 bits as ${wide}`);
const asDescribed = narrow === '["1990","-1990","700"]' && wide === '["0","-0","0"]';
console.log(asDescribed ? 'as described' : 'the behaviour has changed');
process.exitCode = asDescribed ? 0 : 1;
JS
"$folder/venv/bin/python" "$folder/write.py" "$folder/amounts.arrow"
node "$folder/check.mjs" "$folder/amounts.arrow"
