import type { Cost } from '../contract/cost.ts';
import type { CalendarDate, Instant } from '@dossier/law';
import type { Gap, LookupStatus } from '../contract/status.ts';

/** The request, as the package names it. */
export interface PackagedRequest {
  readonly requestId: string;
  readonly type: 'access' | 'portability';
  readonly law: string;
  readonly lawTitle: string;
  readonly receivedOn: CalendarDate;
  readonly answerBy: CalendarDate;
  /** The law's zone, in which the days of moments are counted. */
  readonly timeZone?: string;
  readonly subjectName?: string;
  /**
   * A language tag such as `de`. The index page is in English so far; it formats dates by this tag.
   */
  readonly language?: string;
  readonly controllerName?: string;
  /** The authority that the subject may complain to, in words. */
  readonly authority?: string;
}

/** One profile, with the number of its folder. */
export interface PackagedProfile {
  readonly number: number;
  readonly dataSpace: string;
  readonly dataSource: string;
  readonly partyId?: string;
  readonly keyQualifier?: string;
  readonly unifiedIndividuals?: readonly string[];
}

/** An object that was left out on purpose, by data space. */
export interface NotIncluded {
  readonly dataSpace: string;
  readonly object: string;
  readonly label: string;
  /**
   * `shared`: an account's or household's; `excluded`: by the configuration; `guessed`: its
   * relation to the person is not certain; or words.
   */
  readonly why: string;
  /** No identity leads there, so it cannot be said whether it is about the person. */
  readonly unreachable?: boolean;
}

/** All that the manifest and the index page say beside the files. */
export interface PackageFacts {
  readonly request: PackagedRequest;
  readonly gaps: readonly Gap[];
  readonly profiles: readonly PackagedProfile[];
  readonly lookups: readonly LookupStatus[];
  readonly notIncluded: readonly NotIncluded[];
  readonly notes: readonly string[];
  /** By system: API calls, rows and bytes that reading it took. */
  readonly cost?: Readonly<Record<string, Cost>>;
  /**
   * The workflow's time: every date in the archive is this one, so that the same input gives the
   * same bytes.
   */
  readonly at: Instant;
  /** Its number, if it is a supplement and not the first delivery. */
  readonly supplement?: number;
}
