import { articlesOf, byAct, enumerated, sayOnly, type CitationForm } from '../citations.ts';
import type { Language } from '../language.ts';

/** `artigo 12.º, n.º 3, segunda frase, do RGPD`. */
const named = articlesOf({
  article: (number) => `artigo ${number}.º`,
  paragraph: ['n.º', 'n.ºs'],
  point: (point) => `alínea ${point})`,
  sentence: (number) => `${['primeira', 'segunda', 'terceira', 'quarta'][number - 1]} frase`,
  recital: 'considerando',
  and: 'e',
  gap: ', ',
  further: ', e ',
  of: 'do ',
});
/** For Brazil: `LGPD, art. 18, I e II; art. 19`. */
const brazilian =
  (act: string): CitationForm =>
  (places) => {
    if (!sayOnly(places, 'article', ['paragraph', 'item', 'apart'])) return undefined;
    const numbers = [...new Set(places.map(({ number }) => number))];
    const articles = numbers.map((number) => {
      const here = places.filter((it) => it.number === number);
      const items = here.flatMap(({ item }) => item ?? []);
      const paragraphs = here.flatMap(({ paragraph }) => paragraph ?? []);
      return [
        `art. ${number}`,
        ...(items.length === 0 ? [] : [enumerated(items, 'e')]),
        ...paragraphs.map((it) => `§ ${it}º`),
      ].join(', ');
    });
    return `${act}, ${articles.join('; ')}`;
  };

/** Letters in Portuguese. */
export const pt: Language = {
  greeting: 'Olá{{#name}}, {{name}}{{/name}},',
  closing: `{{#contact}}Em caso de dúvida, escreva para {{contact}} e indique o número {{requestId}}.{{/contact}}{{^contact}}Em caso de dúvida, responda a esta carta e indique o número {{requestId}}.{{/contact}}

Atenciosamente,

{{company}}`,
  remedies: `{{#authorities}}Se não concordar com a forma como tratamos o seu pedido, pode apresentar uma reclamação à autoridade:

{{authorities}}{{/authorities}}{{^authorities}}Se não concordar com a forma como tratamos o seu pedido, pode apresentar uma reclamação à autoridade de proteção de dados do seu lugar de residência.{{/authorities}}

Também pode recorrer aos tribunais.`,
  templates: {
    acknowledgement: `# Recebemos o seu pedido {{requestId}}

{{greeting}}

Em {{receivedOn}} recebemos o seu pedido de {{right}}. Respondemos nos termos desta lei: {{law}} ({{rightCite}}).

A nossa resposta chegará, no máximo, em **{{answerBy}}** ({{answerCite}}).

{{#identityOpen}}Antes de responder, precisamos de saber que o pedido vem da pessoa a quem diz respeito ({{identityCite}}). Escrevemos à parte sobre como o pode mostrar.{{/identityOpen}}

Até lá, procuramos os seus dados nos nossos sistemas, perguntamos às empresas que guardam dados por nós, verificamos o resultado e entregamos-lho.

{{remedies}}

{{closing}}`,
    'identity-request': `# Confirme quem é, por favor: pedido {{requestId}}

{{greeting}}

Em {{receivedOn}} recebemos um pedido de {{right}}. Para que mais ninguém receba os seus dados, confirme, por favor, que o pedido é seu ({{identityCite}}).

{{#contact}}Escreva para {{contact}}{{/contact}}{{^contact}}Responda a esta carta{{/contact}} a partir de um endereço pelo qual o conhecemos, ou diga-nos de que outra forma o podemos reconhecer. Não envie cópia de um documento de identidade enquanto não a pedirmos.

Se não tivermos resposta antes de **{{answerBy}}** ({{answerCite}}), não poderemos entregar nada.

{{remedies}}

{{closing}}`,
    reminder: `# Lembrete: confirme quem é, por favor: pedido {{requestId}}

{{greeting}}

Pedimos que confirmasse que o pedido de {{receivedOn}} é seu ({{identityCite}}) e ainda não temos resposta. Se não chegar antes de **{{answerBy}}** ({{answerCite}}), não poderemos entregar nada.

{{remedies}}

{{closing}}`,
    clarification: `# Uma pergunta sobre o seu pedido {{requestId}}

{{greeting}}

Em {{receivedOn}} recebemos o seu pedido de {{right}} ({{rightCite}}). Para responder ao que pretende, diga-nos, por favor:

{{question}}

A nossa resposta chegará, no máximo, em **{{answerBy}}** ({{answerCite}}); onde a lei suspende esse prazo até à sua resposta, ele é prolongado por esses dias.

{{remedies}}

{{closing}}`,
    extension: `# Precisamos de mais tempo para o seu pedido {{requestId}}

{{greeting}}

Não podemos responder ao seu pedido de {{receivedOn}} de {{right}} até {{formerAnswerBy}}. O motivo é {{reason}}.

Por isso usamos o prazo mais longo que a lei permite e responderemos, no máximo, em **{{answerBy}}** ({{extensionCite}}).

{{remedies}}

{{closing}}`,
    refusal: `# Não podemos responder ao seu pedido {{requestId}}

{{greeting}}

Em {{receivedOn}} recebemos um pedido de {{right}} (lei aplicável: {{law}}). Não conseguimos confirmar que foi feito pela pessoa a quem diz respeito e, por isso, não podemos responder ({{refusalCites}}).

Esta carta nada diz sobre se temos ou não dados dessa pessoa.

Pode fazer um novo pedido a qualquer momento, com prova de quem é.

{{#appeal}}Pode recorrer desta decisão junto de nós: responda a esta carta e diga porquê. Respondemos no prazo que a lei fixa.{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# A resposta ao seu pedido {{requestId}}

{{greeting}}

Em {{receivedOn}} pediu {{right}}. Esta é a nossa resposta (lei aplicável: {{law}}, {{rightCite}}): um arquivo{{#files}} com {{files}} ficheiros{{/files}}. Abra nele o index.html: mostra o que foi encontrado, onde, e como se procurou.

{{#gaps}}Falta uma parte. O arquivo também o diz:

{{gaps}}{{/gaps}}

{{#deleteBy}}Guardamos o arquivo até {{deleteBy}} e depois apagamo-lo.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# Mais dados seus: pedido {{requestId}}, suplemento {{number}}

{{greeting}}

Depois da nossa resposta ao seu pedido de {{right}} ({{rightCite}}), chegaram mais dados. Estão noutro arquivo, o suplemento {{number}}.

{{#deleteBy}}Guardamo-lo até {{deleteBy}} e depois apagamo-lo.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# O seu pedido {{requestId}} terminou

{{greeting}}

O seu pedido de {{receivedOn}} de {{right}} ({{rightCite}}) foi retirado. Apagamos os ficheiros reunidos para ele. Pode fazer um novo pedido a qualquer momento.

{{remedies}}

{{closing}}`,
  },
  rights: {
    access: 'uma cópia dos seus dados pessoais',
    portability: 'portabilidade dos seus dados pessoais',
  },
  laws: {
    gdpr: 'Regulamento Geral sobre a Proteção de Dados',
    'uk-gdpr': 'Regulamento Geral sobre a Proteção de Dados do Reino Unido',
    fadp: 'Lei federal sobre a proteção de dados (Suíça)',
    appi: 'Lei de Proteção de Informações Pessoais (Japão)',
    ccpa: 'Lei de Privacidade do Consumidor da Califórnia',
    lgpd: 'Lei Geral de Proteção de Dados Pessoais',
  },
  citations: {
    write: byAct({
      GDPR: named('RGPD'),
      'Reg. (EEC, Euratom) 1182/71': named('Regulamento (CEE, Euratom) n.º 1182/71'),
      LGPD: brazilian('LGPD'),
    }),
  },
  reasons: { complexity: 'a complexidade do pedido', number: 'o número de pedidos' },
  gaps: {
    overdue: 'não respondeu a tempo',
    denied: 'não nos deu acesso',
    rejected: 'não aceitou a nossa pergunta',
    unreadable: 'respondeu numa forma que não conseguimos ler',
    refused: 'recusou responder',
    skipped: 'ficou de fora; a pedido, dizemos porquê',
    'not-reviewed': 'não pôde ser verificado a tempo quanto a dados de outras pessoas',
    'not-declared': 'não foi consultado',
    withheld: 'contém ficheiros que retemos por um motivo que o arquivo indica',
    'unmapped-source': 'é uma fonte cujo responsável não conhecemos',
    restricted: 'contém dados que não podemos entregar',
    'ambiguous-rows': 'contém registos que podem ser de outra pessoa',
    unavailable: 'não esteve disponível',
  },
  notes: {
    'Private bodies answer to the authority of their Land; the BfDI lists all of them.':
      'As entidades privadas dependem da autoridade do seu Land; o BfDI enumera todas.',
    'Complain to the controller first (DPA 2018 s 164A).':
      'Reclame primeiro junto do responsável pelo tratamento (DPA 2018 s 164A).',
    'Within six months of the refusal or of the end of the time limit (s 11(3)).':
      'No prazo de seis meses após a recusa ou o fim do prazo (s 11(3)).',
    'Complain to the entity first.': 'Reclame primeiro junto da própria entidade.',
    'Application for examination of a disagreement, within 30 days.':
      'Pedido de exame de um desacordo, no prazo de 30 dias.',
  },
  company: 'A equipa de privacidade',
};
