import type { Authority } from '../../model/law.ts';

const at = (name: string, web: string, address: string, phone?: string): Authority => ({
  name,
  web,
  address,
  ...(phone !== undefined && { phone }),
});
const land = (name: string, web: string): Authority => ({ name, web });

/**
 * The supervisory authority of each member state, and of Iceland, Liechtenstein and Norway. Germany
 * has one for each Land, for private bodies. A person must review these names and addresses before
 * letters use them.
 *
 * @see https://www.edpb.europa.eu/about-edpb/about-edpb/members_en
 */
export const AUTHORITIES: Readonly<Record<string, Authority>> = {
  AT: at('Datenschutzbehörde', 'https://www.dsb.gv.at', 'Barichgasse 40-42, 1030 Wien'),
  BE: at(
    'Gegevensbeschermingsautoriteit / Autorité de protection des données',
    'https://www.dataprotectionauthority.be',
    'Drukpersstraat 35, 1000 Brussel',
  ),
  BG: at(
    'Commission for Personal Data Protection',
    'https://www.cpdp.bg',
    '2 Prof. Tsvetan Lazarov Blvd., Sofia 1592',
  ),
  CY: at(
    'Commissioner for Personal Data Protection',
    'https://www.dataprotection.gov.cy',
    'Kypranoros 15, 1061 Nicosia',
  ),
  CZ: at(
    'Úřad pro ochranu osobních údajů',
    'https://www.uoou.gov.cz',
    'Pplk. Sochora 27, 170 00 Praha 7',
  ),
  DE: {
    name: 'Datenschutz-Aufsichtsbehörde des Landes, in dem der Verantwortliche sitzt',
    web: 'https://www.bfdi.bund.de',
    note: 'Private bodies answer to the authority of their Land; the BfDI lists all of them.',
  },
  'DE-BB': land(
    'Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg',
    'https://www.lda.brandenburg.de',
  ),
  'DE-BE': land(
    'Berliner Beauftragte für Datenschutz und Informationsfreiheit',
    'https://www.datenschutz-berlin.de',
  ),
  'DE-BW': land(
    'Landesbeauftragter für den Datenschutz und die Informationsfreiheit Baden-Württemberg',
    'https://www.baden-wuerttemberg.datenschutz.de',
  ),
  'DE-BY': land('Bayerisches Landesamt für Datenschutzaufsicht', 'https://www.lda.bayern.de'),
  'DE-HB': land(
    'Landesbeauftragte für Datenschutz und Informationsfreiheit Bremen',
    'https://www.datenschutz.bremen.de',
  ),
  'DE-HE': land(
    'Hessischer Beauftragter für Datenschutz und Informationsfreiheit',
    'https://datenschutz.hessen.de',
  ),
  'DE-HH': land(
    'Hamburgischer Beauftragter für Datenschutz und Informationsfreiheit',
    'https://datenschutz-hamburg.de',
  ),
  'DE-MV': land(
    'Landesbeauftragter für Datenschutz und Informationsfreiheit Mecklenburg-Vorpommern',
    'https://www.datenschutz-mv.de',
  ),
  'DE-NI': land(
    'Landesbeauftragter für den Datenschutz Niedersachsen',
    'https://www.lfd.niedersachsen.de',
  ),
  'DE-NW': land(
    'Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen',
    'https://www.ldi.nrw.de',
  ),
  'DE-RP': land(
    'Landesbeauftragter für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz',
    'https://www.datenschutz.rlp.de',
  ),
  'DE-SH': land(
    'Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein',
    'https://www.datenschutzzentrum.de',
  ),
  'DE-SL': land('Unabhängiges Datenschutzzentrum Saarland', 'https://www.datenschutz.saarland.de'),
  'DE-SN': land(
    'Sächsische Datenschutz- und Transparenzbeauftragte',
    'https://www.datenschutz.sachsen.de',
  ),
  'DE-ST': land(
    'Landesbeauftragte für den Datenschutz Sachsen-Anhalt',
    'https://datenschutz.sachsen-anhalt.de',
  ),
  'DE-TH': land(
    'Thüringer Landesbeauftragter für den Datenschutz und die Informationsfreiheit',
    'https://www.tlfdi.de',
  ),
  DK: at('Datatilsynet', 'https://www.datatilsynet.dk', 'Carl Jacobsens Vej 35, 2500 Valby'),
  EE: at('Andmekaitse Inspektsioon', 'https://www.aki.ee', 'Tatari 39, 10134 Tallinn'),
  ES: at(
    'Agencia Española de Protección de Datos',
    'https://www.aepd.es',
    'C/ Jorge Juan 6, 28001 Madrid',
  ),
  FI: at('Tietosuojavaltuutetun toimisto', 'https://tietosuoja.fi', 'PL 800, 00531 Helsinki'),
  FR: at(
    'Commission nationale de l’informatique et des libertés',
    'https://www.cnil.fr',
    '3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07',
  ),
  GR: at(
    'Hellenic Data Protection Authority',
    'https://www.dpa.gr',
    'Kifissias 1-3, 115 23 Athens',
  ),
  HR: land('Agencija za zaštitu osobnih podataka', 'https://azop.hr'),
  HU: at(
    'Nemzeti Adatvédelmi és Információszabadság Hatóság',
    'https://www.naih.hu',
    'Falk Miksa utca 9-11, 1055 Budapest',
  ),
  IE: at(
    'Data Protection Commission',
    'https://www.dataprotection.ie',
    '6 Pembroke Row, Dublin 2, D02 X963',
  ),
  IS: land('Persónuvernd', 'https://www.personuvernd.is'),
  IT: at(
    'Garante per la protezione dei dati personali',
    'https://www.garanteprivacy.it',
    'Piazza Venezia 11, 00187 Roma',
  ),
  LI: land('Datenschutzstelle', 'https://www.datenschutzstelle.li'),
  LT: at(
    'Valstybinė duomenų apsaugos inspekcija',
    'https://vdai.lrv.lt',
    'L. Sapiegos g. 17, 10312 Vilnius',
  ),
  LU: at(
    'Commission nationale pour la protection des données',
    'https://cnpd.public.lu',
    '15, boulevard du Jazz, 4370 Belvaux',
  ),
  LV: at('Datu valsts inspekcija', 'https://www.dvi.gov.lv', 'Elijas iela 17, Rīga, LV-1050'),
  MT: at(
    'Information and Data Protection Commissioner',
    'https://idpc.org.mt',
    'Airways House, High Street, Sliema SLM 1549',
  ),
  NL: at(
    'Autoriteit Persoonsgegevens',
    'https://autoriteitpersoonsgegevens.nl',
    'Postbus 93374, 2509 AJ Den Haag',
  ),
  NO: at('Datatilsynet', 'https://www.datatilsynet.no', 'Postboks 458 Sentrum, 0105 Oslo'),
  PL: land('Urząd Ochrony Danych Osobowych', 'https://uodo.gov.pl'),
  PT: at(
    'Comissão Nacional de Proteção de Dados',
    'https://www.cnpd.pt',
    'Av. D. Carlos I, 134, 1.º, 1200-651 Lisboa',
  ),
  RO: at(
    'Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal',
    'https://www.dataprotection.ro',
    'B-dul G-ral. Gheorghe Magheru 28-30, 010336 București',
  ),
  SE: at('Integritetsskyddsmyndigheten', 'https://www.imy.se', 'Box 8114, 104 20 Stockholm'),
  SI: at('Informacijski pooblaščenec', 'https://www.ip-rs.si', 'Dunajska cesta 22, 1000 Ljubljana'),
  SK: land('Úrad na ochranu osobných údajov', 'https://dataprotection.gov.sk'),
};
