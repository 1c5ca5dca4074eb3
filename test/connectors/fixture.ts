import type { ZodType } from 'zod';
import type { ConnectorContext, ConnectorParts, Question } from '../../src/connectors/spi.ts';
import type { Profile } from '../../src/contract/profile.ts';
import type { FileReceipt } from '../../src/contract/receipt.ts';
import type { Seed } from '@dossier/salesforce-simulator';
import { AT, type Faulty } from './ground.ts';
import type { SmallCloud, SmallStand } from './small-server.ts';
import type { Stand } from './stand.ts';

export const ANA = 'ana.lima@example.com';
export const STRANGER = 'nobody.known@example.net';

/** What a connector gave, to the end. */
export interface Given {
  readonly outcome: string;
  readonly files: readonly FileReceipt[];
}

interface About<At> {
  /** Asks about the person with this address, and waits for the answer. */
  ask(stand: At, context: ConnectorContext, email: string): Promise<Given>;
  /** The calls that faults hit, as the simulator or the small server matches them. */
  readonly calls: string;
  /** Kinds of failure by fault, where they are not the usual ones. */
  readonly kinds?: Readonly<Record<string, string>>;
  /** What every answer about Ana holds. */
  readonly holds: readonly string[];
}

/** What the contract needs to know of a connector that the simulator answers. */
export interface Fixture extends About<Stand> {
  readonly seed: Seed;
}
/** The same, of one that a small server of its own answers. */
export interface SmallFixture extends About<SmallStand> {
  readonly cloud: SmallCloud;
}

export const identifier = (email: string) =>
  ({ name: 'emails[0]', kind: 'email', value: email, confirmed: true }) as const;

export const profile = (more: Partial<Profile> = {}): Profile => ({
  dataSpace: 'default',
  partyId: 'P-1',
  keyQualifier: '',
  dataSource: 'CRM_1',
  unifiedIndividuals: [],
  reachedBy: ['emails[0]'],
  confirmed: true,
  ...more,
});

export const question = (email: string, more: Partial<Question> = {}): Question => ({
  requestType: 'access',
  law: 'gdpr',
  submittedAt: AT,
  answerBy: '2026-12-23',
  identifiers: [identifier(email)],
  profiles: [],
  ...more,
});

export const parts = (
  stand: Pick<Faulty, 'salesforce'>,
  more: Partial<ConnectorParts> = {},
): ConnectorParts => ({ id: 'sys', dataSources: [], salesforce: stand.salesforce, ...more });

/** A connector of a module, its options read as `dossier.yaml` gives them. */
export function opened<Options, Connector>(
  module: {
    readonly options: ZodType<Options>;
    create(options: Options, parts: ConnectorParts): Connector;
  },
  options: unknown,
  of: ConnectorParts,
): Connector {
  return module.create(module.options.parse(options), of);
}
