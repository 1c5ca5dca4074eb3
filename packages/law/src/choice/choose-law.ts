import type { Complaint } from '../model/complaint.ts';
import type { CalendarDate } from '../calendar/dates.ts';
import type { Edition, Entity, Law } from '../model/law.ts';
import { countryComplaint, regionComplaint } from './places.ts';

/** What the choice of a law depends on. */
export interface LawQuestion {
  readonly law?: string;
  readonly country?: string;
  /** Without the country's code. */
  readonly region?: string;
}
export type Laws = ReadonlyMap<string, Law>;

/** Why some places and names have no law here. The caller gets the reason instead of a guess. */
const NOT_COVERED: Readonly<Record<string, string>> = {
  IN: 'India’s DPDP Act names no period for a request for access, so no date can be called lawful',
  BM: 'Bermuda’s PIPA is another statute and not supported',
};

/** Unsupported statutes that share a name with another. */
const SAME_NAME: Readonly<Record<string, string>> = Object.fromEntries(
  ['AB', 'BC'].map((region) => [
    `pipa CA-${region}`,
    `the PIPA of CA-${region} is a provincial statute and not supported; the federal act is pipeda`,
  ]),
);

/**
 * The law of a request: the named one, or the one of the person's residence.
 *
 * Several statutes share a name such as `pipa`. The country decides which one is meant; there is no
 * guess. Salesforce's help means Japan's APPI by it, others mean Korea's act.
 */
export function chooseLaw(laws: Laws, question: LawQuestion): { readonly law: string } | Complaint {
  const { country, region } = question;
  const place = { country: country ?? '', ...(region !== undefined && { region }) };
  const [wrong] =
    country === undefined
      ? []
      : [...countryComplaint(country, 'country'), ...regionComplaint(place, 'region')];
  if (wrong !== undefined) return wrong;
  return question.law === undefined
    ? byResidence(laws, question)
    : byName(laws, question.law.toLowerCase(), question);
}

/** A law that may hold for a request, with the place and the reason. */
export interface Candidate {
  readonly law: string;
  /** The place that leads to this law: the person's, or the controller's. */
  readonly country?: string;
  readonly region?: string;
  readonly because: 'named' | 'residence' | 'establishment';
}

/** What the choice of all laws that may hold depends on. */
export interface CandidatesQuestion extends LawQuestion {
  readonly controller?: { readonly country: string; readonly region?: string };
}

/**
 * Every law that may hold for a request. If the request names a law, that one only. Else the law of
 * the person's residence comes first. The law of the controller's establishment follows, if it
 * covers people who live elsewhere.
 */
export function chooseLaws(
  laws: Laws,
  { controller, ...question }: CandidatesQuestion,
): readonly Candidate[] | Complaint {
  const { country, region } = question;
  const chosen = chooseLaw(laws, question);
  const person = {
    ...(country !== undefined && { country }),
    ...(region !== undefined && { region }),
  };
  if (question.law !== undefined) {
    return 'reason' in chosen ? chosen : [{ law: chosen.law, ...person, because: 'named' }];
  }
  const here: Candidate[] =
    'reason' in chosen ? [] : [{ law: chosen.law, ...person, because: 'residence' }];
  const there =
    controller === undefined
      ? undefined
      : chooseLaw(laws, {
          country: controller.country,
          ...(controller.region !== undefined && { region: controller.region }),
        });
  const reaches =
    there !== undefined &&
    'law' in there &&
    there.law !== here[0]?.law &&
    laws.get(there.law)?.reach !== undefined;
  const establishment: Candidate[] =
    reaches && controller !== undefined
      ? [
          {
            law: there.law,
            country: controller.country,
            ...(controller.region !== undefined && { region: controller.region }),
            because: 'establishment',
          },
        ]
      : [];
  if (
    'reason' in chosen &&
    (establishment.length === 0 ||
      chosen.path === 'region' ||
      (country !== undefined && countryComplaint(country, '').length > 0))
  ) {
    return chosen;
  }
  return [...here, ...establishment];
}

function byName(
  laws: Laws,
  name: string,
  { country, region }: LawQuestion,
): { readonly law: string } | Complaint {
  const called = [...laws].filter(([, law]) => law.alsoCalled?.includes(name));
  if (called.length > 0) {
    return byAlias(name, called, {
      ...(country !== undefined && { country }),
      ...(region !== undefined && { region }),
    });
  }
  if (laws.has(name)) return { law: name };
  return {
    path: 'law',
    reason: `"${name}" is no law that is known here; known are ${[...laws.keys()].join(', ')}`,
  };
}

function byAlias(
  name: string,
  called: readonly (readonly [string, Law])[],
  { country, region }: LawQuestion,
): { readonly law: string } | Complaint {
  const meant = called.find(([, law]) => country !== undefined && law.countries.includes(country));
  if (meant !== undefined) return { law: meant[0] };
  const each =
    'with ' +
    called
      .map(
        ([id, { countries }], index) =>
          `${index === 0 ? 'country ' : ''}${countries.join(', ')} ` +
          `${index === 0 ? 'it means ' : ''}${id}`,
      )
      .join(', with ');
  if (country === undefined) {
    return {
      path: 'law',
      reason: `"${name}" is the name of several statutes; give a country: ${each}`,
    };
  }
  const reason =
    SAME_NAME[`${name} ${country}-${region ?? ''}`] ??
    NOT_COVERED[country] ??
    `"${name}" names no statute of ${country}; ${each}`;
  return { path: 'law', reason };
}

function byResidence(
  laws: Laws,
  { country, region }: LawQuestion,
): { readonly law: string } | Complaint {
  if (country === undefined) {
    return {
      path: 'law',
      reason: `must be given where no country says it; known are ${[...laws.keys()].join(', ')}`,
    };
  }
  const here = [...laws].filter(([, law]) => law.countries.includes(country));
  if (here.length === 0) {
    const known = [...new Set([...laws.values()].flatMap((law) => law.countries))]
      .toSorted()
      .join(', ');
    return {
      path: 'country',
      reason:
        `${NOT_COVERED[country] ?? `no law of ${country} is known here`}; countries with a law ` +
        `are ${known}`,
    };
  }
  const near = here.find(([, law]) => region !== undefined && law.regions?.includes(region));
  const general = here.find(([, law]) => law.regions === undefined);
  const found = near ?? general;
  if (found === undefined) {
    return { path: 'region', reason: `no law of ${country}-${region} is known here` };
  }
  const [id, law] = found;
  if (needsRegion(law) && region === undefined) {
    return { path: 'region', reason: `must be given: in ${country} the state decides the law` };
  }
  return { law: id };
}

/** Whether every edition of this law is limited to regions. */
const needsRegion = (law: Law) => law.editions.every(({ regions }) => regions !== undefined);

/** What the choice of an edition depends on. */
export interface EditionQuestion {
  readonly country?: string;
  readonly region?: string;
  readonly entity: Entity;
  readonly receivedOn: CalendarDate;
}

/** The edition in force when the request was received, or why there is none. */
export function editionFor(
  laws: Laws,
  id: string,
  { country, region, entity, receivedOn }: EditionQuestion,
): { readonly edition: Edition } | Complaint {
  const law = laws.get(id)!;
  if (country !== undefined && !law.countries.includes(country)) {
    const where =
      law.place === 'controller'
        ? 'give the country where the controller acts (controller.country in dossier.yaml), or '
        : '';
    const way = `${where}leave the law to the person’s residence`;
    return {
      path: 'country',
      reason: `${country} is not under ${id}, which holds in ${law.countries.join(', ')}; ${way}`,
    };
  }
  if (region !== undefined && law.regions !== undefined && !law.regions.includes(region)) {
    return {
      path: 'region',
      reason: `${region} is not under ${id}, which holds in ${law.regions.join(', ')}`,
    };
  }
  if (needsRegion(law) && region === undefined) {
    return { path: 'region', reason: `must be given with ${id}: each state has an act of its own` };
  }
  const here = law.editions.filter(
    (it) =>
      (it.countries === undefined || country === undefined || it.countries.includes(country)) &&
      (it.regions === undefined || (region !== undefined && it.regions.includes(region))) &&
      (it.entity === undefined || it.entity === entity),
  );
  if (here.length === 0) {
    const [near] =
      [...laws].find(([, other]) => other !== law && other.regions?.includes(region ?? '')) ?? [];
    const known = [...new Set(law.editions.flatMap(({ regions }) => regions ?? []))]
      .toSorted()
      .join(', ');
    const instead = `no general privacy act of ${region} is known here; known are ${known}`;
    return {
      path: 'region',
      reason: near === undefined ? instead : `${region} has a law of its own here: ${near}`,
    };
  }
  const edition = here.find(
    ({ from, to }) => from <= receivedOn && (to === undefined || receivedOn <= to),
  );
  if (edition !== undefined) return { edition };
  const since = here.map(({ from }) => from).toSorted()[0]!;
  const reason =
    `${id} is in force since ${since}; a request received on ${receivedOn} fell under earlier ` +
    'law, which is not known here';
  return { path: 'receivedAt', reason };
}
