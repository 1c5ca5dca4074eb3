#!/usr/bin/env bash
# Two libraries that are right alone, and not together. lossless-json 4.3.3 keeps every digit by handing out numbers as
# objects of a class of its own. zod 4.6.7 refuses those as numbers, as one expects, and takes them where the schema wants an
# object (`z.looseObject({})`), so that a number passes for a nested record. What comes out is a plain copy of the class's
# own fields, and lossless-json writes it back as {"value":"…","isLosslessNumber":true} instead of a number.
# Needs: Node with npm.
# Dossier: numbers of that class become plain numbers before a schema of a seed sees them (packages/simulator/src/seed/clouds.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --no-audit --no-fund lossless-json@4.3.3 zod@4.6.7
cat > "$folder/check.mjs" <<'JS'
import { parse, stringify } from 'lossless-json';
import { z } from 'zod';
const order = parse('{"total":12345678901234567890}');
const asNumber = z.object({ total: z.number() }).safeParse(order).success;
const asRecord = z.object({ total: z.record(z.string(), z.unknown()) }).safeParse(order).success;
const asObject = z.object({ total: z.looseObject({}) }).safeParse(order);
const before = stringify(order);
const after = asObject.success ? stringify(asObject.data) : 'refused';
console.log(`lossless-json reads and writes: ${before}`);
console.log(`zod takes the total as a number: ${asNumber}, as a record: ${asRecord}, as an object: ${asObject.success}`);
console.log(`lossless-json writes what zod took: ${after}`);
const asDescribed = !asNumber && !asRecord && asObject.success && before === '{"total":12345678901234567890}' && after === '{"total":{"value":"12345678901234567890","isLosslessNumber":true}}';
console.log(asDescribed ? 'as described' : 'the behaviour has changed');
process.exitCode = asDescribed ? 0 : 1;
JS
node "$folder/check.mjs"
