import assert from 'node:assert/strict';
import { it } from 'node:test';
import { listedWait } from '../../src/contract/listed-wait.ts';

it("a data source is listed in clear by a name that can be no one's", () => {
  for (const on of [
    'data-source:Web_Shop',
    'data-source:Salesforce_00D5e',
    'data-source:sfmc.emails-2',
    'acme-mail',
    'operator:match',
  ]) {
    assert.equal(listedWait(on), on);
  }
  for (const name of [
    'ana@example.com',
    'Ana Lima',
    '+49 170 5550101',
    '491705550101',
    'Shop_491705550101',
    'Ana\u0301',
    '',
    'a\nb',
    'a'.repeat(61),
  ]) {
    assert.equal(listedWait(`data-source:${name}`), 'data-source:unnamed', name);
  }
});
