import { articlesOf, byAct } from '../citations.ts';
import type { Language } from '../language.ts';

/** `Art. 12 Abs. 3 Satz 2 DSGVO`. */
const named = articlesOf({
  article: (number) => `Art. ${number}`,
  paragraph: ['Abs.', 'Abs.'],
  point: (point) => `Buchst. ${point}`,
  sentence: (number) => `Satz ${number}`,
  recital: 'Erwägungsgrund',
  and: 'und',
  gap: ' ',
  further: ', ',
  of: '',
});

/** Letters in German. */
export const de: Language = {
  greeting: 'Guten Tag{{#name}} {{name}}{{/name}},',
  closing: `{{#contact}}Wenn Sie Fragen haben, schreiben Sie an {{contact}} und nennen Sie die Nummer {{requestId}}.{{/contact}}{{^contact}}Wenn Sie Fragen haben, antworten Sie auf dieses Schreiben und nennen Sie die Nummer {{requestId}}.{{/contact}}

Mit freundlichen Grüßen

{{company}}`,
  remedies: `{{#authorities}}Wenn Sie mit dem Umgang mit Ihrem Antrag nicht einverstanden sind, können Sie sich bei der Aufsichtsbehörde beschweren:

{{authorities}}{{/authorities}}{{^authorities}}Wenn Sie mit dem Umgang mit Ihrem Antrag nicht einverstanden sind, können Sie sich bei der Datenschutz-Aufsichtsbehörde Ihres Wohnorts beschweren.{{/authorities}}

Sie können auch vor Gericht gehen.`,
  templates: {
    acknowledgement: `# Wir haben Ihren Antrag {{requestId}} erhalten

{{greeting}}

am {{receivedOn}} haben wir Ihren Antrag auf {{right}} erhalten. Wir beantworten ihn nach diesem Gesetz: {{law}} ({{rightCite}}).

Sie erhalten unsere Antwort spätestens am **{{answerBy}}** ({{answerCite}}).

{{#identityOpen}}Bevor wir antworten können, müssen wir wissen, dass der Antrag von der Person kommt, um die es geht ({{identityCite}}). Wie Sie das zeigen können, schreiben wir Ihnen gesondert.{{/identityOpen}}

Bis dahin suchen wir Ihre Daten in unseren Systemen, fragen die Unternehmen, die für uns Daten verarbeiten, prüfen das Ergebnis und übergeben es Ihnen.

{{remedies}}

{{closing}}`,
    'identity-request': `# Bitte bestätigen Sie, wer Sie sind: Antrag {{requestId}}

{{greeting}}

am {{receivedOn}} haben wir einen Antrag auf {{right}} erhalten. Damit niemand anderes Ihre Daten bekommt, bestätigen Sie bitte, dass der Antrag von Ihnen kommt ({{identityCite}}).

{{#contact}}Schreiben Sie dazu an {{contact}}{{/contact}}{{^contact}}Antworten Sie dazu auf dieses Schreiben{{/contact}}, und zwar von einer Adresse, unter der wir Sie kennen, oder sagen Sie uns, woran wir Sie sonst erkennen können. Bitte senden Sie keine Ausweiskopie, solange wir nicht darum bitten.

Haben wir vor dem **{{answerBy}}** ({{answerCite}}) keine Antwort, können wir nichts übergeben.

{{remedies}}

{{closing}}`,
    reminder: `# Erinnerung: Bitte bestätigen Sie, wer Sie sind: Antrag {{requestId}}

{{greeting}}

wir haben Sie gebeten zu bestätigen, dass der Antrag vom {{receivedOn}} von Ihnen kommt ({{identityCite}}), und noch keine Antwort erhalten. Kommt sie nicht vor dem **{{answerBy}}** ({{answerCite}}), können wir nichts übergeben.

{{remedies}}

{{closing}}`,
    clarification: `# Eine Frage zu Ihrem Antrag {{requestId}}

{{greeting}}

am {{receivedOn}} haben wir Ihren Antrag auf {{right}} ({{rightCite}}) erhalten. Damit wir das beantworten, was Sie meinen, sagen Sie uns bitte:

{{question}}

Sie erhalten unsere Antwort spätestens am **{{answerBy}}** ({{answerCite}}); wo das Gesetz die Frist ruhen lässt, bis Sie uns geantwortet haben, verlängert sie sich um diese Tage.

{{remedies}}

{{closing}}`,
    extension: `# Wir brauchen mehr Zeit für Ihren Antrag {{requestId}}

{{greeting}}

Ihren Antrag vom {{receivedOn}} auf {{right}} können wir nicht bis zum {{formerAnswerBy}} beantworten. Der Grund ist: {{reason}}.

Wir nehmen deshalb die längere Frist in Anspruch, die das Gesetz erlaubt, und antworten spätestens am **{{answerBy}}** ({{extensionCite}}).

{{remedies}}

{{closing}}`,
    refusal: `# Wir können Ihren Antrag {{requestId}} nicht beantworten

{{greeting}}

am {{receivedOn}} haben wir einen Antrag auf {{right}} erhalten (Gesetz: {{law}}). Wir konnten nicht bestätigen, dass er von der Person kommt, um die es geht, und können ihn deshalb nicht beantworten ({{refusalCites}}).

Dieses Schreiben sagt nichts darüber aus, ob wir Daten über diese Person haben.

Sie können den Antrag jederzeit mit einem Nachweis, wer Sie sind, neu stellen.

{{#appeal}}Sie können gegen diese Entscheidung Einspruch bei uns einlegen: Antworten Sie auf dieses Schreiben und sagen Sie, warum. Wir antworten in der Frist, die das Gesetz setzt.{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# Die Antwort auf Ihren Antrag {{requestId}}

{{greeting}}

Sie haben am {{receivedOn}} {{right}} beantragt. Dies ist unsere Antwort (Gesetz: {{law}}, {{rightCite}}): ein Archiv{{#files}} mit {{files}} Dateien{{/files}}. Öffnen Sie darin die Datei index.html: Sie zeigt, was wo gefunden wurde und wie gesucht wurde.

{{#gaps}}Ein Teil fehlt. Auch das Archiv sagt das:

{{gaps}}{{/gaps}}

{{#deleteBy}}Wir bewahren das Archiv bis zum {{deleteBy}} auf und löschen es dann.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# Weitere Daten: Antrag {{requestId}}, Nachtrag {{number}}

{{greeting}}

nach unserer Antwort auf Ihren Antrag auf {{right}} ({{rightCite}}) sind weitere Daten eingegangen. Sie liegen in einem weiteren Archiv, dem Nachtrag {{number}}.

{{#deleteBy}}Wir bewahren es bis zum {{deleteBy}} auf und löschen es dann.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# Ihr Antrag {{requestId}} ist beendet

{{greeting}}

Ihr Antrag vom {{receivedOn}} auf {{right}} ({{rightCite}}) wurde zurückgenommen. Die Dateien, die dafür zusammengetragen wurden, haben wir gelöscht. Sie können den Antrag jederzeit neu stellen.

{{remedies}}

{{closing}}`,
  },
  rights: {
    access: 'eine Kopie Ihrer personenbezogenen Daten',
    portability: 'Übertragung Ihrer personenbezogenen Daten',
  },
  laws: {
    gdpr: 'Datenschutz-Grundverordnung',
    'uk-gdpr': 'Datenschutz-Grundverordnung des Vereinigten Königreichs',
    fadp: 'Bundesgesetz über den Datenschutz (Schweiz)',
    appi: 'Gesetz über den Schutz personenbezogener Informationen (Japan)',
    ccpa: 'California Consumer Privacy Act (Kalifornien)',
    lgpd: 'Allgemeines Datenschutzgesetz (Brasilien)',
  },
  citations: {
    write: byAct({
      GDPR: named('DSGVO'),
      'Reg. (EEC, Euratom) 1182/71': named('VO (EWG, Euratom) Nr. 1182/71'),
      DSG: named('DSG'),
      DSV: named('DSV'),
      OR: named('OR'),
    }),
  },
  reasons: { complexity: 'die Komplexität des Antrags', number: 'die Anzahl der Anträge' },
  gaps: {
    overdue: 'hat nicht rechtzeitig geantwortet',
    denied: 'hat uns keinen Zugang gegeben',
    rejected: 'hat unsere Anfrage nicht angenommen',
    unreadable: 'hat in einer Form geantwortet, die wir nicht lesen konnten',
    refused: 'hat die Antwort verweigert',
    skipped: 'wurde ausgelassen; den Grund nennen wir auf Nachfrage',
    'not-reviewed': 'konnte nicht rechtzeitig auf Daten anderer Personen geprüft werden',
    'not-declared': 'wurde nicht durchsucht',
    withheld: 'enthält Dateien, die wir aus einem im Archiv genannten Grund zurückhalten',
    'unmapped-source': 'ist eine Quelle, deren Betreiber wir nicht kennen',
    restricted: 'enthält Daten, die wir nicht herausgeben dürfen',
    'ambiguous-rows': 'enthält Datensätze, die eine andere Person betreffen können',
    unavailable: 'war nicht erreichbar',
  },
  notes: {
    'Private bodies answer to the authority of their Land; the BfDI lists all of them.':
      'Für private Stellen ist die Behörde ihres Landes zuständig; der BfDI nennt sie alle.',
    'Complain to the controller first (DPA 2018 s 164A).':
      'Beschweren Sie sich zuerst beim Verantwortlichen (DPA 2018 s 164A).',
    'Within six months of the refusal or of the end of the time limit (s 11(3)).':
      'Innerhalb von sechs Monaten nach der Ablehnung oder dem Ende der Frist (s 11(3)).',
    'Complain to the entity first.': 'Beschweren Sie sich zuerst bei der Stelle selbst.',
    'Application for examination of a disagreement, within 30 days.':
      'Antrag auf Prüfung einer Meinungsverschiedenheit, innerhalb von 30 Tagen.',
  },
  company: 'Das Datenschutzteam',
};
