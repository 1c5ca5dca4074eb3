import * as z from 'zod';
import type { Complaint } from '../contract/contract.ts';
import { identifierComplaint } from '../contract/input-limits.ts';
import { choosePolicy, configuredPolicy, type Policies } from '../contract/policy.ts';
import type { CheckedRequest } from '../contract/request.ts';
import type { Controller } from '@dossier/law';

/**
 * The part of `dossier.yaml` that a caller can check before a workflow exists. What is left out is
 * left to planning.
 */
export interface CompanyRules {
  /** The place of the company. */
  readonly controller?: Controller;
  readonly policies?: Policies;
  /** Identifiers that one request may hold. */
  readonly identifiers?: number;
}

/**
 * The rules in a parsed `dossier.yaml`, as far as it states them without its variables. A file
 * without `storage:` is not a worker's, and only its controller counts.
 */
export function rulesIn(settings: Readonly<Record<string, unknown>>): CompanyRules {
  const controller = controllerIn(settings.controller);
  if (settings.storage === undefined) return { ...(controller && { controller }) };
  const policies = z.record(z.string(), configuredPolicy).safeParse(settings.policies ?? {});
  const limits = z
    .looseObject({ identifiers: z.number().optional() })
    .safeParse(settings.limits ?? {});
  return {
    ...(controller && { controller }),
    ...(policies.success && { policies: policies.data }),
    ...(limits.data?.identifiers !== undefined && { identifiers: limits.data.identifiers }),
  };
}

/**
 * What planning would refuse by the company's rules: an unknown policy, one that loosens, or too
 * many identifiers.
 */
export function companyComplaints(
  request: CheckedRequest,
  { policies, identifiers }: CompanyRules,
): Complaint[] {
  const chosen = policies === undefined ? undefined : choosePolicy(policies, request.policy);
  const tooMany =
    identifiers === undefined ? undefined : identifierComplaint(request.subject, identifiers);
  return [
    ...(chosen !== undefined && 'complaints' in chosen ? chosen.complaints : []),
    ...(tooMany === undefined ? [] : [tooMany]),
  ];
}

function controllerIn(controller: unknown): Controller | undefined {
  const { country, region, timeZone } = (controller ?? {}) as {
    country?: unknown;
    region?: unknown;
    timeZone?: unknown;
  };
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) return undefined;
  return {
    country,
    ...(typeof region === 'string' && { region }),
    ...(typeof timeZone === 'string' && { timeZone }),
  };
}
