#!/usr/bin/env bash
# A page whose Content-Security-Policy names the SHA-256 of its only style sheet, written as a tagged template:
# html`<style>${raw(STYLE)}</style>`. oxfmt 0.79.0 and prettier 3.10.1 lay the HTML of such templates out by default, and put the
# value on a line of its own. The white space becomes part of the element's text, which is what browsers hash: the policy
# then refuses the style sheet, although the hash was computed from the very same STYLE. Formatters leave text of <pre> and
# <textarea> alone; for <style> with a value in it one would expect the same.
# Needs: Node with npm.
# Dossier: src/package/index-page.ts writes the whole element as one value, and test/package/index-page.test.ts compares the
# hash with what stands between the tags.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --no-audit --no-fund oxfmt@0.79.0 prettier@3.10.1
cat > "$folder/page.js" <<'JS'
export const page = (html, raw, STYLE) => html`<head><style>${raw(STYLE)}</style></head>`;
JS
cat > "$folder/check.mjs" <<'JS'
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const STYLE = 'body { color: black; }';
const hashOf = (text) => createHash('sha256').update(text).digest('base64');
const html = (strings, ...values) => String.raw({ raw: strings }, ...values);
const styleIn = async (file) => {
  const { page } = await import(pathToFileURL(file).href);
  return page(html, (text) => text, STYLE).match(/<style>([^]*)<\/style>/)[1];
};
const [before, ...after] = process.argv.slice(2);
const original = await styleIn(before);
console.log(`as written: ${JSON.stringify(original)}`);
let asDescribed = hashOf(original) === hashOf(STYLE);
for (const file of after) {
  const text = await styleIn(file);
  console.log(`${file.split('/').pop()}: ${JSON.stringify(text)}, the hash is ${hashOf(text) === hashOf(STYLE) ? 'the same' : 'another'}`);
  asDescribed &&= text.trim() === STYLE && hashOf(text) !== hashOf(STYLE);
}
console.log(asDescribed ? 'as described' : 'the behaviour has changed');
process.exitCode = asDescribed ? 0 : 1;
JS
cd "$folder"
cp page.js page.mjs
cp page.js by-oxfmt.mjs
cp page.js by-prettier.mjs
"$folder/node_modules/.bin/oxfmt" by-oxfmt.mjs > /dev/null
"$folder/node_modules/.bin/prettier" --log-level silent --write by-prettier.mjs
node check.mjs "$folder/page.mjs" "$folder/by-oxfmt.mjs" "$folder/by-prettier.mjs"
