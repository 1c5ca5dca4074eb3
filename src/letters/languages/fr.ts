import { articlesOf, byAct, enumerated, sayOnly, type CitationForm } from '../citations.ts';
import type { Language } from '../language.ts';

const ORDINALS = ['premier', 'deuxième', 'troisième', 'quatrième'];
/** `article 12, paragraphe 3, deuxième phrase, du RGPD`. */
const named = articlesOf({
  article: (number) => `article ${number}`,
  paragraph: ['paragraphe', 'paragraphes'],
  point: (point) => `point ${point})`,
  sentence: (number) => `${number === 1 ? 'première' : ORDINALS[number - 1]} phrase`,
  recital: 'considérant',
  and: 'et',
  gap: ', ',
  further: ', et ',
  of: 'du ',
});
/** For Switzerland: `art. 25 al. 7 LPD`. */
const swiss = articlesOf({
  article: (number) => `art. ${number}`,
  paragraph: ['al.', 'al.'],
  point: (point) => `let. ${point}`,
  sentence: (number) => `${number}e phrase`,
  and: 'et',
  gap: ' ',
  further: ', ',
  of: '',
});
/** For Quebec: `RLRQ, c. P-39.1, art. 32 et 34`. */
const quebec =
  (act: string): CitationForm =>
  (places) => {
    const [{ unnumbered }] = places;
    if (!sayOnly(places, 'section', places.length === 1 ? ['unnumbered'] : [])) return undefined;
    const numbers = enumerated(
      places.map(({ number = '' }) => number),
      'et',
    );
    const paragraph = unnumbered === undefined ? '' : `, ${ORDINALS[unnumbered - 1]} alinéa`;
    return `${act}, art. ${numbers}${paragraph}`;
  };

/** Letters in French. */
export const fr: Language = {
  greeting: 'Bonjour{{#name}} {{name}}{{/name}},',
  closing: `{{#contact}}Pour toute question, écrivez à {{contact}} en indiquant le numéro {{requestId}}.{{/contact}}{{^contact}}Pour toute question, répondez à cette lettre en indiquant le numéro {{requestId}}.{{/contact}}

Cordialement,

{{company}}`,
  remedies: `{{#authorities}}Si vous n’êtes pas d’accord avec le traitement de votre demande, vous pouvez introduire une réclamation auprès de l’autorité :

{{authorities}}{{/authorities}}{{^authorities}}Si vous n’êtes pas d’accord avec le traitement de votre demande, vous pouvez introduire une réclamation auprès de l’autorité de protection des données de votre lieu de résidence.{{/authorities}}

Vous pouvez également saisir un tribunal.`,
  templates: {
    acknowledgement: `# Nous avons reçu votre demande {{requestId}}

{{greeting}}

Le {{receivedOn}}, nous avons reçu votre demande concernant {{right}}. Nous y répondons en application de ce texte : {{law}} ({{rightCite}}).

Vous recevrez notre réponse au plus tard le **{{answerBy}}** ({{answerCite}}).

{{#identityOpen}}Avant de répondre, nous devons savoir que la demande émane bien de la personne concernée ({{identityCite}}). Nous vous écrivons séparément pour vous dire comment le montrer.{{/identityOpen}}

D’ici là, nous cherchons vos données dans nos systèmes, interrogeons les entreprises qui en détiennent pour nous, vérifions le résultat et vous le remettons.

{{remedies}}

{{closing}}`,
    'identity-request': `# Merci de confirmer votre identité : demande {{requestId}}

{{greeting}}

Le {{receivedOn}}, nous avons reçu une demande concernant {{right}}. Afin que personne d’autre n’obtienne vos données, merci de confirmer que cette demande vient de vous ({{identityCite}}).

{{#contact}}Écrivez à {{contact}}{{/contact}}{{^contact}}Répondez à cette lettre{{/contact}} depuis une adresse que nous vous connaissons, ou dites-nous comment nous pouvons vous reconnaître autrement. N’envoyez pas de copie d’une pièce d’identité tant que nous ne vous le demandons pas.

Sans réponse avant le **{{answerBy}}** ({{answerCite}}), nous ne pourrons rien vous remettre.

{{remedies}}

{{closing}}`,
    reminder: `# Rappel : merci de confirmer votre identité : demande {{requestId}}

{{greeting}}

Nous vous avons demandé de confirmer que la demande du {{receivedOn}} vient de vous ({{identityCite}}) et n’avons pas encore de réponse. Si elle ne nous parvient pas avant le **{{answerBy}}** ({{answerCite}}), nous ne pourrons rien vous remettre.

{{remedies}}

{{closing}}`,
    clarification: `# Une question sur votre demande {{requestId}}

{{greeting}}

Le {{receivedOn}}, nous avons reçu votre demande concernant {{right}} ({{rightCite}}). Afin de répondre à ce que vous souhaitez, merci de nous préciser :

{{question}}

Vous recevrez notre réponse au plus tard le **{{answerBy}}** ({{answerCite}}) ; lorsque la loi suspend ce délai jusqu’à votre réponse, il est prolongé d’autant de jours.

{{remedies}}

{{closing}}`,
    extension: `# Il nous faut plus de temps pour votre demande {{requestId}}

{{greeting}}

Nous ne pouvons pas répondre à votre demande du {{receivedOn}} concernant {{right}} avant le {{formerAnswerBy}}. La raison est la suivante : {{reason}}.

Nous prenons donc le délai plus long que la loi permet et répondrons au plus tard le **{{answerBy}}** ({{extensionCite}}).

{{remedies}}

{{closing}}`,
    refusal: `# Nous ne pouvons pas répondre à votre demande {{requestId}}

{{greeting}}

Le {{receivedOn}}, nous avons reçu une demande concernant {{right}} (texte applicable : {{law}}). Nous n’avons pas pu confirmer qu’elle émane de la personne concernée et ne pouvons donc pas y répondre ({{refusalCites}}).

Cette lettre ne dit rien sur le fait que nous détenions ou non des données sur cette personne.

Vous pouvez renouveler votre demande à tout moment en justifiant de votre identité.

{{#appeal}}Vous pouvez contester cette décision auprès de nous : répondez à cette lettre en disant pourquoi. Nous répondons dans le délai que fixe la loi.{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# La réponse à votre demande {{requestId}}

{{greeting}}

Le {{receivedOn}}, vous avez demandé {{right}}. Voici notre réponse (texte applicable : {{law}}, {{rightCite}}) : une archive{{#files}} de {{files}} fichiers{{/files}}. Ouvrez-y le fichier index.html : il montre ce qui a été trouvé, où, et comment nous avons cherché.

{{#gaps}}Une partie manque. L’archive le dit aussi :

{{gaps}}{{/gaps}}

{{#deleteBy}}Nous conservons l’archive jusqu’au {{deleteBy}}, puis nous la supprimons.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# D’autres données : demande {{requestId}}, complément {{number}}

{{greeting}}

Après notre réponse à votre demande concernant {{right}} ({{rightCite}}), d’autres données nous sont parvenues. Elles se trouvent dans une autre archive, le complément {{number}}.

{{#deleteBy}}Nous la conservons jusqu’au {{deleteBy}}, puis nous la supprimons.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# Votre demande {{requestId}} est close

{{greeting}}

Votre demande du {{receivedOn}} concernant {{right}} ({{rightCite}}) a été retirée. Nous avons supprimé les fichiers réunis pour elle. Vous pouvez présenter une nouvelle demande à tout moment.

{{remedies}}

{{closing}}`,
  },
  rights: {
    access: 'une copie de vos données personnelles',
    portability: 'la portabilité de vos données personnelles',
  },
  laws: {
    gdpr: 'Règlement général sur la protection des données',
    'uk-gdpr': 'Règlement général sur la protection des données du Royaume-Uni',
    fadp: 'Loi fédérale sur la protection des données (Suisse)',
    pipeda:
      'Loi sur la protection des renseignements personnels et les documents électroniques (Canada)',
    appi: 'Loi sur la protection des informations personnelles (Japon)',
    'quebec-law-25':
      'Loi sur la protection des renseignements personnels dans le secteur privé (Québec)',
    ccpa: 'California Consumer Privacy Act (Californie)',
    lgpd: 'Loi générale sur la protection des données (Brésil)',
  },
  citations: {
    write: byAct({
      GDPR: named('RGPD'),
      'Reg. (EEC, Euratom) 1182/71': named('règlement (CEE, Euratom) nº 1182/71'),
      DSG: swiss('LPD'),
      DSV: swiss('OPDo'),
      OR: swiss('CO'),
      'CQLR c P-39.1': quebec('RLRQ, c. P-39.1'),
    }),
    names: {
      PIPEDA: 'LPRPDE',
      'Interpretation Act, CQLR c I-16': 'Loi d’interprétation, RLRQ, c. I-16',
    },
  },
  reasons: { complexity: 'la complexité de la demande', number: 'le nombre de demandes' },
  gaps: {
    overdue: 'n’a pas répondu à temps',
    denied: 'ne nous a pas donné accès',
    rejected: 'n’a pas accepté notre question',
    unreadable: 'a répondu sous une forme que nous n’avons pas pu lire',
    refused: 'a refusé de répondre',
    skipped: 'a été laissé de côté ; nous vous dirons pourquoi sur demande',
    'not-reviewed': 'n’a pas pu être vérifié à temps quant aux données d’autres personnes',
    'not-declared': 'n’a pas été consulté',
    withheld: 'contient des fichiers que nous retenons pour une raison indiquée dans l’archive',
    'unmapped-source': 'est une source dont nous ne connaissons pas le responsable',
    restricted: 'contient des données que nous ne pouvons pas communiquer',
    'ambiguous-rows': 'contient des enregistrements qui peuvent concerner une autre personne',
    unavailable: 'n’a pas pu être joint',
  },
  notes: {
    'Private bodies answer to the authority of their Land; the BfDI lists all of them.':
      'Les organismes privés relèvent de l’autorité de leur Land ; le BfDI les énumère toutes.',
    'Complain to the controller first (DPA 2018 s 164A).':
      'Adressez d’abord votre réclamation au responsable du traitement (DPA 2018 s 164A).',
    'Within six months of the refusal or of the end of the time limit (s 11(3)).':
      'Dans les six mois suivant le refus ou l’expiration du délai (art. 11(3)).',
    'Complain to the entity first.': 'Adressez d’abord votre plainte à l’entité elle-même.',
    'Application for examination of a disagreement, within 30 days.':
      'Demande d’examen de mésentente, dans les 30 jours.',
  },
  company: 'L’équipe chargée de la protection des données',
};
