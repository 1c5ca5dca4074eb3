import * as z from 'zod';
import type { Complaint } from './contract.ts';
import { DEFAULT_POLICY, policyFields, type Policy } from './request.ts';

/**
 * A policy of the configuration. `overridable` is what a request's own JSON may loosen: everything,
 * or these fields.
 */
export type ConfiguredPolicy = Partial<Policy> & {
  readonly overridable?: boolean | readonly (keyof Policy)[] | undefined;
};
/** A policy as `dossier.yaml` has it. */
export const configuredPolicy = policyFields.partial().extend({
  overridable: z
    .union([z.boolean(), z.array(policyFields.keyof())])
    .optional()
    .describe(
      "What a request's own JSON may loosen: `true` for all, or a list of fields; only in " +
        '`default`.',
    ),
});
export type Policies = Readonly<Record<string, ConfiguredPolicy>>;

/** The policy of a request, or why its JSON is refused. */
export type ChosenPolicy =
  | { readonly policy: Policy }
  | { readonly complaints: readonly Complaint[] };

/**
 * The policy that a request's `policy` field names or tightens, with every field set. A request
 * cannot switch off a check that the configuration sets. What loosens a check is refused, unless
 * the policy `default` has `overridable` for it.
 */
export function choosePolicy(
  policies: Policies,
  asked: string | Partial<Policy> | undefined,
): ChosenPolicy {
  const { overridable = false, ...base } = { ...DEFAULT_POLICY, ...policies.default };
  if (asked === undefined || asked === 'default') return { policy: base };
  if (typeof asked === 'string') {
    const named = Object.hasOwn(policies, asked) ? policies[asked] : undefined;
    if (named === undefined) {
      return {
        complaints: [
          {
            path: 'policy',
            reason:
              `there is no policy "${asked.slice(0, 60)}"; known are ` +
              [...new Set(['default', ...Object.keys(policies)])].join(', '),
          },
        ],
      };
    }
    const { overridable: _ours, ...fields } = { ...base, ...named };
    return { policy: fields };
  }
  const given = Object.entries(asked).filter(([, value]) => value !== undefined) as [
    keyof Policy,
    never,
  ][];
  const allowed = (field: keyof Policy) =>
    typeof overridable === 'boolean' ? overridable : overridable.includes(field);
  const complaints = given
    .filter(([field, value]) => !allowed(field) && !tightens[field](base[field] as never, value))
    .map(([field]): Complaint => ({
      path: `policy.${field}`,
      reason:
        `would loosen what the configuration sets (${JSON.stringify(base[field])}): ` +
        `${ONLY[field]}. Name a policy of dossier.yaml, or let policies.default say ` +
        '"overridable"',
    }));
  return complaints.length > 0
    ? { complaints }
    : { policy: { ...base, ...Object.fromEntries(given) } };
}

type Tightens = {
  readonly [Field in keyof Policy]: (set: Policy[Field], asked: Policy[Field]) => boolean;
};

const holdsAll = (set: readonly string[], asked: readonly string[]): boolean =>
  set.every((it) => asked.includes(it));
const days = (text: string): number => Number.parseInt(text, 10);

const tightens: Tightens = {
  systems: holdsAll,
  cutOff: (set, asked) => days(asked) >= days(set),
  remind: holdsAll,
  lateWait: (set, asked) => days(asked) <= days(set),
  reviewPackage: (set, asked) => asked || !set,
  maxProfiles: (set, asked) => asked <= set,
  reviewIdOnly: (set, asked) => asked || !set,
  // A shorter retention deletes the package before it was fetched. A longer one keeps what should
  // be gone.
  retention: (set, asked) => days(asked) === days(set),
};

/** What a request may still do to each field. */
const ONLY: { readonly [Field in keyof Policy]: string } = {
  systems: 'a request adds systems only',
  cutOff: 'a request ends collecting earlier only',
  remind: 'a request adds reminders only',
  lateWait: 'a request waits less only',
  reviewPackage: 'a request asks for a review only',
  maxProfiles: 'a request lowers it only',
  reviewIdOnly: 'a request asks for a review only',
  retention: 'a request does not change it',
};
