import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textOf } from '../../src/letters/markdown.ts';
import { fill, plain, templateFaults } from '../../src/letters/template.ts';

describe('a template', () => {
  it('is filled', () =>
    assert.equal(
      fill('By {{ answerBy }}, {{law}}.', { answerBy: 'Monday', law: 'GDPR' }),
      'By Monday, GDPR.\n',
    ));
  it('keeps a section that has a value, and its other where it has none', () => {
    assert.equal(
      fill('{{#name}}Dear {{name}}{{/name}}{{^name}}Hello{{/name}}', { name: 'Ana' }),
      'Dear Ana\n',
    );
    assert.equal(fill('{{#name}}Dear {{name}}{{/name}}{{^name}}Hello{{/name}}', {}), 'Hello\n');
  });
  it('may have a section within a section', () =>
    assert.equal(
      fill('{{#name}}{{#law}}{{name}} {{law}}{{/law}}{{/name}}', { name: 'A', law: 'B' }),
      'A B\n',
    ));
  it('leaves no empty paragraphs', () =>
    assert.equal(fill('one\n\n{{#name}}two{{/name}}\n\nthree', {}), 'one\n\nthree\n'));
  it('never expands what a value holds', () =>
    assert.equal(fill('{{name}}', { name: '{{law}}', law: 'X' }), '{{law}}\n'));
  it('is never written with a hole', () =>
    assert.throws(() => fill('By {{answerBy}}', {}), /no value for \{\{answerBy\}\}/));
  for (const [template, fault] of [
    ['{{anwserBy}}', /anwserBy.*no placeholder/],
    ['{{#name}}', /not closed/],
    ['{{/name}}', /closes no section/],
    ['{{ name', /belongs to no placeholder/],
  ] as const) {
    it(`"${template}" is a fault`, () => assert.match(templateFaults(template).join(), fault));
  }
  it('has no fault where all is well', () =>
    assert.deepEqual(templateFaults('# {{requestId}}\n{{#name}}{{name}}{{/name}}'), []));
});

describe('a value', () => {
  it('is one line of text', () => assert.equal(plain(' a\n# b *c* '), 'a \\# b \\*c\\*'));
});

describe('a letter as text', () => {
  const cases = [
    ['headings and emphasis are words', '# Title\n\nA **bold** word', 'Title\n\nA bold word\n'],
    ['a list is a line each', 'Who:\n\n- one\n- two\n\nEnd', 'Who:\n\n- one\n- two\n\nEnd\n'],
    ['an address stands alone', '<https://a.example>', 'https://a.example\n'],
    [
      'a link keeps its address',
      '[the form](https://a.example/f)',
      'the form (https://a.example/f)\n',
    ],
    ['a paragraph is one line', 'one\ntwo', 'one two\n'],
    ['HTML stays as it was written', '<b>x</b>', '<b>x</b>\n'],
  ] as const;
  for (const [rule, markdown, text] of cases) {
    it(rule, () => assert.equal(textOf(markdown), text));
  }
});
