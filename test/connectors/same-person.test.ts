import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contradict, givenNames, samePerson } from '../../src/connectors/shared/same-person.ts';

const person = (text: string) => {
  const [givenName = '', familyName = '', birthDate = ''] = text.split('|');
  return { givenName, familyName, birthDate };
};

describe('given names', () => {
  const cases = [
    ['Ana', 'ANA ', 'equal'],
    ['José', 'Jose', 'equal'],
    ['', 'Ana', 'equal'],
    ['A.', 'Ana', 'alike'],
    ['Ann', 'Anna', 'alike'],
    ['Jon', 'Jan', 'alike'],
    ['Chris', 'Christopher', 'alike'],
    ['Ana', 'Rui', 'different'],
    ['Maria', 'Mark', 'different'],
    ['李', '王', 'different'],
    ['민준', '민서', 'different'],
  ] as const;
  for (const [a, b, expected] of cases) {
    it(`"${a}" and "${b}" are ${expected}`, () =>
      assert.equal(givenNames(person(a), person(b)), expected));
  }
});

describe('the same person', () => {
  const cases = [
    ['Ana|Lima', 'ana|LIMA', true],
    ['Ana|Lima|1990-01-01', 'Ana|Lima', true],
    ['Ana|Lima|1990-01-01', 'Ana|Lima|1990-01-02', false],
    ['Ana|Lima', 'Anna|Lima', false],
    ['|Lima', '|Lima', false],
    ['Ana|', 'Ana|', false],
  ] as const;
  for (const [a, b, expected] of cases) {
    it(`"${a}" and "${b}": ${expected}`, () =>
      assert.equal(samePerson(person(a), person(b)), expected));
  }
});

describe('a contradiction at one address', () => {
  const cases = [
    ['Ana|Lima', 'A.|Lima', false],
    ['Ana|Lima', 'Rui|Lima', true],
    ['Ana|Lima', 'Ana|Souza', true],
    ['Ana|Lima|1990-01-01', 'Ana|Lima|1991-01-01', true],
    ['Ana|Lima', '|', false],
  ] as const;
  for (const [a, b, expected] of cases) {
    it(`"${a}" and "${b}": ${expected}`, () =>
      assert.equal(contradict(person(a), person(b)), expected));
  }
});
