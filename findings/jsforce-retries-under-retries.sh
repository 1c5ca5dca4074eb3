#!/usr/bin/env bash
# A caller that gives a Salesforce org three chances gives it eighteen. @jsforce/jsforce-node 3.10.16 repeats what is
# answered by 503 five more times by itself, with waits that double up to eight seconds, before its caller hears of it.
# It does that for a query and for a delete (whose first try may have been carried out), not for a create.
# Takes 16 seconds. Needs: Node with npm.
# Dossier: calls have a transport of their own, so that retries are counted in one place (src/salesforce/jsforce-transport.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --silent --no-audit --no-fund @jsforce/jsforce-node@3.10.16
cat > "$folder/check.js" <<'JS'
const { createServer } = require('node:http');
const { Connection } = require('@jsforce/jsforce-node');
const requests = [];
const server = createServer((request, response) => {
  request.resume();
  requests.push(request.method);
  response.writeHead(503, { 'content-type': 'application/json' }).end('[{"errorCode":"SERVER_UNAVAILABLE","message":"later"}]');
});
server.listen(0, '127.0.0.1', async () => {
  const connection = new Connection({ instanceUrl: `http://127.0.0.1:${server.address().port}`, accessToken: 'token' });
  const calls = [connection.query('SELECT Id FROM Contact'), connection.sobject('Contact').destroy('003000000000001'), connection.sobject('Contact').create({ LastName: 'A' })];
  const errors = (await Promise.allSettled(calls)).map(({ reason }) => reason?.errorCode);
  server.close();
  const count = (method) => requests.filter((one) => one === method).length;
  const seen = { query: count('GET'), delete: count('DELETE'), create: count('POST') };
  console.log(`requests of one call each: ${JSON.stringify(seen)}; what the callers heard in the end: ${errors.join(', ')}`);
  const asDescribed = seen.query === 6 && seen.delete === 6 && seen.create === 1 && errors.every((error) => error === 'SERVER_UNAVAILABLE');
  console.log(asDescribed ? 'as described' : 'the behaviour has changed');
  process.exitCode = asDescribed ? 0 : 1;
});
JS
node "$folder/check.js"
