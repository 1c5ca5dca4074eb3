import type { Language } from '../language.ts';

/** Letters in English. */
export const en: Language = {
  greeting: '{{#name}}Dear {{name}},{{/name}}{{^name}}Hello,{{/name}}',
  closing: `{{#contact}}If you have a question, write to {{contact}} and name the number {{requestId}}.{{/contact}}{{^contact}}If you have a question, reply to this letter and name the number {{requestId}}.{{/contact}}

Kind regards

{{company}}`,
  remedies: `{{#authorities}}If you do not agree with how we handle your request, you can complain to the authority:

{{authorities}}{{/authorities}}{{^authorities}}If you do not agree with how we handle your request, you can complain to the data protection authority of the place where you live.{{/authorities}}

You can also go to court.`,
  templates: {
    acknowledgement: `# We have received your request {{requestId}}

{{greeting}}

On {{receivedOn}} we received your request for {{right}}. We answer it under the {{law}} ({{rightCite}}).

We will answer by **{{answerBy}}** at the latest ({{answerCite}}).

{{#identityOpen}}Before we can answer, we must know that the request comes from the person it is about ({{identityCite}}). We write to you separately about how to show that.{{/identityOpen}}

Until then we look for your data in our systems, ask the companies that hold data for us, check what has been found, and hand it over to you.

{{remedies}}

{{closing}}`,
    'identity-request': `# Please confirm who you are: request {{requestId}}

{{greeting}}

On {{receivedOn}} we received a request for {{right}}. So that nobody else gets your data, please confirm that the request comes from you ({{identityCite}}).

{{#contact}}Write to {{contact}}{{/contact}}{{^contact}}Reply to this letter{{/contact}} from an address that we know you by, or tell us how else we can recognise you. Please send no copy of an identity document unless we ask for one.

If we have no answer before **{{answerBy}}** ({{answerCite}}), we cannot hand anything over.

{{remedies}}

{{closing}}`,
    reminder: `# Reminder: please confirm who you are: request {{requestId}}

{{greeting}}

We asked you to confirm that the request of {{receivedOn}} comes from you ({{identityCite}}), and have no answer yet. If it does not come before **{{answerBy}}** ({{answerCite}}), we cannot hand anything over.

{{remedies}}

{{closing}}`,
    clarification: `# A question about your request {{requestId}}

{{greeting}}

On {{receivedOn}} we received your request for {{right}} ({{rightCite}}). So that we can answer what you mean, please tell us:

{{question}}

We will answer by **{{answerBy}}** at the latest ({{answerCite}}); where the law lets that time stand still until you have told us, it is longer by those days.

{{remedies}}

{{closing}}`,
    extension: `# We need more time for your request {{requestId}}

{{greeting}}

We cannot answer your request of {{receivedOn}} for {{right}} by {{formerAnswerBy}}. The reason is {{reason}}.

We therefore take the longer time that the law allows, and will answer by **{{answerBy}}** at the latest ({{extensionCite}}).

{{remedies}}

{{closing}}`,
    refusal: `# We cannot answer your request {{requestId}}

{{greeting}}

On {{receivedOn}} we received a request for {{right}} under the {{law}}. We could not confirm that it was made by the person it is about, and so cannot answer it ({{refusalCites}}).

This letter says nothing about whether we hold data about that person.

You can ask again at any time with proof of who you are.

{{#appeal}}You can appeal against this decision: reply to this letter and say why. We answer appeals in the time that the law sets.{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# The answer to your request {{requestId}}

{{greeting}}

You asked on {{receivedOn}} for {{right}}. Here is our answer under the {{law}} ({{rightCite}}): one archive{{#files}} with {{files}} files{{/files}}. Open the file index.html in it: it shows what was found where, and how it was searched for.

{{#gaps}}Some of it is missing. The archive says so as well:

{{gaps}}{{/gaps}}

{{#deleteBy}}We keep the archive until {{deleteBy}} and then delete it.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# More of your data: request {{requestId}}, supplement {{number}}

{{greeting}}

After we answered your request for {{right}} ({{rightCite}}), more data has come in. It is in a further archive, supplement {{number}}.

{{#deleteBy}}We keep it until {{deleteBy}} and then delete it.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# Your request {{requestId}} has ended

{{greeting}}

Your request of {{receivedOn}} for {{right}} ({{rightCite}}) was withdrawn. We have deleted the files that were gathered for it. You can ask again at any time.

{{remedies}}

{{closing}}`,
  },
  rights: {
    access: 'a copy of your personal data',
    portability: 'your personal data in a portable format',
  },
  laws: {},
  citations: {},
  reasons: { complexity: 'the complexity of the request', number: 'the number of requests' },
  gaps: {
    overdue: 'did not answer in time',
    denied: 'did not give us access',
    rejected: 'did not accept our question',
    unreadable: 'answered in a form that we could not read',
    refused: 'refused to answer',
    skipped: 'was left out; we tell you why on request',
    'not-reviewed': 'could not be checked in time for other people’s data',
    'not-declared': 'was not searched',
    withheld: 'holds files that we keep back, for a reason that the archive names',
    'unmapped-source': 'is a source whose owner we do not know',
    restricted: 'holds data that we may not give out',
    'ambiguous-rows': 'holds records that may be about somebody else',
    unavailable: 'could not be reached',
  },
  notes: {},
  company: 'The privacy team',
};
