import { articlesOf, byAct } from '../citations.ts';
import type { Language } from '../language.ts';

/** `artículo 12, apartado 3, segunda frase, del RGPD`. */
const named = articlesOf({
  article: (number) => `artículo ${number}`,
  paragraph: ['apartado', 'apartados'],
  point: (point) => `letra ${point})`,
  sentence: (number) => `${['primera', 'segunda', 'tercera', 'cuarta'][number - 1]} frase`,
  recital: 'considerando',
  and: 'y',
  gap: ', ',
  further: ', y ',
  of: 'del ',
});

/** Letters in Spanish. */
export const es: Language = {
  greeting: 'Hola{{#name}}, {{name}}{{/name}}:',
  closing: `{{#contact}}Si tiene alguna pregunta, escriba a {{contact}} e indique el número {{requestId}}.{{/contact}}{{^contact}}Si tiene alguna pregunta, responda a esta carta e indique el número {{requestId}}.{{/contact}}

Atentamente,

{{company}}`,
  remedies: `{{#authorities}}Si no está de acuerdo con la forma en que tratamos su solicitud, puede presentar una reclamación ante la autoridad:

{{authorities}}{{/authorities}}{{^authorities}}Si no está de acuerdo con la forma en que tratamos su solicitud, puede presentar una reclamación ante la autoridad de protección de datos de su lugar de residencia.{{/authorities}}

También puede acudir a los tribunales.`,
  templates: {
    acknowledgement: `# Hemos recibido su solicitud {{requestId}}

{{greeting}}

El {{receivedOn}} recibimos su solicitud de {{right}}. La respondemos conforme a esta norma: {{law}} ({{rightCite}}).

Recibirá nuestra respuesta a más tardar el **{{answerBy}}** ({{answerCite}}).

{{#identityOpen}}Antes de responder debemos saber que la solicitud procede de la persona interesada ({{identityCite}}). Le escribimos aparte para explicarle cómo mostrarlo.{{/identityOpen}}

Hasta entonces buscamos sus datos en nuestros sistemas, preguntamos a las empresas que guardan datos para nosotros, comprobamos el resultado y se lo entregamos.

{{remedies}}

{{closing}}`,
    'identity-request': `# Confirme quién es, por favor: solicitud {{requestId}}

{{greeting}}

El {{receivedOn}} recibimos una solicitud de {{right}}. Para que nadie más obtenga sus datos, confirme, por favor, que la solicitud es suya ({{identityCite}}).

{{#contact}}Escriba a {{contact}}{{/contact}}{{^contact}}Responda a esta carta{{/contact}} desde una dirección por la que le conozcamos, o díganos de qué otra forma podemos reconocerle. No envíe copia de un documento de identidad mientras no se la pidamos.

Si no tenemos respuesta antes del **{{answerBy}}** ({{answerCite}}), no podremos entregar nada.

{{remedies}}

{{closing}}`,
    reminder: `# Recordatorio: confirme quién es, por favor: solicitud {{requestId}}

{{greeting}}

Le pedimos que confirmara que la solicitud del {{receivedOn}} es suya ({{identityCite}}) y aún no tenemos respuesta. Si no llega antes del **{{answerBy}}** ({{answerCite}}), no podremos entregar nada.

{{remedies}}

{{closing}}`,
    clarification: `# Una pregunta sobre su solicitud {{requestId}}

{{greeting}}

El {{receivedOn}} recibimos su solicitud de {{right}} ({{rightCite}}). Para responder a lo que desea, díganos, por favor:

{{question}}

Recibirá nuestra respuesta a más tardar el **{{answerBy}}** ({{answerCite}}); si la ley suspende ese plazo hasta que nos conteste, se alarga esos días.

{{remedies}}

{{closing}}`,
    extension: `# Necesitamos más tiempo para su solicitud {{requestId}}

{{greeting}}

No podemos responder a su solicitud del {{receivedOn}} de {{right}} antes del {{formerAnswerBy}}. El motivo es {{reason}}.

Por eso tomamos el plazo más largo que permite la ley y responderemos a más tardar el **{{answerBy}}** ({{extensionCite}}).

{{remedies}}

{{closing}}`,
    refusal: `# No podemos responder a su solicitud {{requestId}}

{{greeting}}

El {{receivedOn}} recibimos una solicitud de {{right}} (norma aplicable: {{law}}). No pudimos confirmar que la hiciera la persona interesada y por eso no podemos responderla ({{refusalCites}}).

Esta carta no dice nada sobre si tenemos o no datos de esa persona.

Puede volver a presentar la solicitud en cualquier momento acreditando quién es.

{{#appeal}}Puede recurrir esta decisión ante nosotros: responda a esta carta y diga por qué. Contestamos en el plazo que fija la ley.{{/appeal}}

{{remedies}}

{{closing}}`,
    delivery: `# La respuesta a su solicitud {{requestId}}

{{greeting}}

El {{receivedOn}} solicitó {{right}}. Esta es nuestra respuesta (norma aplicable: {{law}}, {{rightCite}}): un archivo comprimido{{#files}} con {{files}} ficheros{{/files}}. Abra en él index.html: muestra qué se encontró, dónde y cómo se buscó.

{{#gaps}}Falta una parte. El archivo también lo dice:

{{gaps}}{{/gaps}}

{{#deleteBy}}Guardamos el archivo hasta el {{deleteBy}} y después lo borramos.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    supplement: `# Más datos suyos: solicitud {{requestId}}, suplemento {{number}}

{{greeting}}

Después de responder a su solicitud de {{right}} ({{rightCite}}) han llegado más datos. Están en otro archivo, el suplemento {{number}}.

{{#deleteBy}}Lo guardamos hasta el {{deleteBy}} y después lo borramos.{{/deleteBy}}

{{remedies}}

{{closing}}`,
    withdrawal: `# Su solicitud {{requestId}} ha terminado

{{greeting}}

Su solicitud del {{receivedOn}} de {{right}} ({{rightCite}}) fue retirada. Hemos borrado los ficheros reunidos para ella. Puede volver a presentarla en cualquier momento.

{{remedies}}

{{closing}}`,
  },
  rights: {
    access: 'una copia de sus datos personales',
    portability: 'portabilidad de sus datos personales',
  },
  laws: {
    gdpr: 'Reglamento general de protección de datos',
    'uk-gdpr': 'Reglamento general de protección de datos del Reino Unido',
    fadp: 'Ley federal de protección de datos (Suiza)',
    appi: 'Ley de protección de la información personal (Japón)',
    ccpa: 'Ley de privacidad del consumidor de California',
    lgpd: 'Ley general de protección de datos (Brasil)',
  },
  citations: {
    write: byAct({
      GDPR: named('RGPD'),
      'Reg. (EEC, Euratom) 1182/71': named('Reglamento (CEE, Euratom) n.º 1182/71'),
    }),
  },
  reasons: { complexity: 'la complejidad de la solicitud', number: 'el número de solicitudes' },
  gaps: {
    overdue: 'no respondió a tiempo',
    denied: 'no nos dio acceso',
    rejected: 'no aceptó nuestra pregunta',
    unreadable: 'respondió en una forma que no pudimos leer',
    refused: 'se negó a responder',
    skipped: 'se dejó fuera; si lo pide, le decimos por qué',
    'not-reviewed': 'no se pudo comprobar a tiempo si contenía datos de otras personas',
    'not-declared': 'no se consultó',
    withheld: 'contiene ficheros que retenemos por un motivo que el archivo indica',
    'unmapped-source': 'es una fuente cuyo responsable no conocemos',
    restricted: 'contiene datos que no podemos entregar',
    'ambiguous-rows': 'contiene registros que pueden ser de otra persona',
    unavailable: 'no estuvo disponible',
  },
  notes: {
    'Private bodies answer to the authority of their Land; the BfDI lists all of them.':
      'Los organismos privados dependen de la autoridad de su Land; el BfDI las enumera todas.',
    'Complain to the controller first (DPA 2018 s 164A).':
      'Reclame primero ante el responsable del tratamiento (DPA 2018 s 164A).',
    'Within six months of the refusal or of the end of the time limit (s 11(3)).':
      'En los seis meses siguientes a la negativa o al fin del plazo (s 11(3)).',
    'Complain to the entity first.': 'Reclame primero ante la propia entidad.',
    'Application for examination of a disagreement, within 30 days.':
      'Solicitud de examen de un desacuerdo, en un plazo de 30 días.',
  },
  company: 'El equipo de privacidad',
};
