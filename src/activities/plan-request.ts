import { KNOWN_CLOUDS } from '../contract/contract.ts';
import { identifierComplaint } from '../contract/input-limits.ts';
import { InvalidRequest } from '@dossier/law';
import type { PlannedSystem } from '../contract/plan.ts';
import { choosePolicy } from '../contract/policy.ts';
import type { CheckedRequest, Policy } from '../contract/request.ts';
import type { Dependencies } from './dependencies.ts';
import { translated } from './failures.ts';
import type { Activities } from './inputs.ts';

/** Computes every date from law, residence and day of receipt, and freezes policy and systems. */
export const planRequest =
  ({ config, systems, planDates }: Dependencies): Activities['planRequest'] =>
  ({ request, events, at }) =>
    translated(async () => {
      const most = identifierComplaint(request.subject, config.limits?.identifiers);
      if (most !== undefined) throw new InvalidRequest([most]);
      const policy = policyFor(config, request);
      const dates = planDates({ request, events, policy, now: at, controller: config.controller });
      const planned = config.systems.flatMap(
        ({ id, connector, dataSources, instructions }): PlannedSystem[] => {
          const ready = systems.get(id);
          if (ready === undefined) {
            throw new Error(`The system ${id} is configured and was not made ready.`);
          }
          const {
            requestTypes = [request.type],
            asksAlways = false,
            needsProfiles = false,
          } = ready.kind === 'vendor' ? ready.connector : {};
          if (!requestTypes.includes(request.type)) return [];
          return [
            {
              id,
              connector,
              kind: ready.kind,
              dataSources,
              ...(instructions !== undefined && { instructions }),
              ...(asksAlways && { always: true }),
              ...(needsProfiles && { afterProfiles: true }),
            },
          ];
        },
      );
      const dataCloud: PlannedSystem[] =
        config.salesforce === undefined
          ? []
          : [{ id: 'data-cloud', connector: 'data-cloud', kind: 'data-cloud', dataSources: [] }];
      return {
        ...dates,
        policy,
        systems: [...dataCloud, ...planned],
        dataSpaces: config.salesforce?.dataSpaces ?? [],
        notDeclared: notDeclared(config),
        accept: config.accept.clear,
      };
    });

/** Recomputes the dates after the clock was moved or the request was corrected. */
export const replanDates =
  ({ config, planDates }: Dependencies): Activities['replanDates'] =>
  ({ request, events, policy, at, tables }) =>
    translated(async () =>
      planDates({
        request,
        events,
        policy,
        now: at,
        controller: config.controller,
        ...(tables && { tables }),
      }),
    );

/** Salesforce clouds that are neither configured nor declared as not used. */
export function notDeclared({
  systems,
  notUsed,
  salesforce,
}: Pick<Dependencies['config'], 'systems' | 'notUsed' | 'salesforce'>): string[] {
  const configured = new Set([
    ...systems.flatMap(({ id, connector }) => [id, connector]),
    ...(salesforce === undefined ? [] : ['data-cloud']),
  ]);
  return ['data-cloud', ...KNOWN_CLOUDS].filter(
    (cloud) => !configured.has(cloud) && notUsed[cloud] === undefined,
  );
}

function policyFor(config: Dependencies['config'], request: CheckedRequest): Policy {
  const chosen = choosePolicy(config.policies, request.policy);
  if ('complaints' in chosen) throw new InvalidRequest(chosen.complaints);
  const { policy } = chosen;
  const known = config.systems.map(({ id }) => id);
  const unknown = policy.systems.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new InvalidRequest([
      {
        path: 'policy.systems',
        reason:
          `there is no system ${unknown.map((id) => `"${id}"`).join(', ')} in dossier.yaml; ` +
          `known are ${known.join(', ') || 'none'}`,
      },
    ]);
  }
  return policy;
}
