import { join } from 'node:path';
import {
  createSalesforce,
  type Salesforce,
  type SalesforceSettings,
} from '../../src/salesforce/create-salesforce.ts';
import { startSimulator, type Seed, type Simulator } from '@dossier/salesforce-simulator';
import { AT, openGround, type Faulty, type Ground } from './ground.ts';

export { AT };

/** A simulator with a seed, a client of it, and a folder that exports go to. */
export interface Stand extends Omit<Ground, 'remove'>, Faulty {
  readonly simulator: Simulator;
  connect(settings?: Partial<SalesforceSettings>): Salesforce;
  control(path: string, body: unknown): Promise<void>;
}

export async function stand(seed: Seed | string): Promise<Stand> {
  const ground = await openGround();
  const simulator = await startSimulator({ seed, folder: join(ground.folder, 'simulator') });
  const connected: Salesforce[] = [];
  const connect = (settings: Partial<SalesforceSettings> = {}) => {
    const { core, clientId, clientSecret } = simulator;
    const salesforce = createSalesforce({
      loginUrl: core,
      clientId,
      clientSecret,
      apiVersion: '67.0',
      ...settings,
    });
    connected.push(salesforce);
    return salesforce;
  };
  const order = async (path: string, body: unknown, method = 'POST') => {
    const answer = await fetch(`${simulator.control}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ...ground,
    simulator,
    connect,
    salesforce: connect(),
    fault: async (match, kind, more = {}) =>
      void (await order('/faults', { match, kind, ...more })),
    clear: async () => void (await order('/faults', undefined, 'DELETE')),
    calls: async () =>
      ((await (await order('', undefined, 'GET')).json()) as { calls: Record<string, number> })
        .calls,
    control: async (path, body) => void (await order(path, body)),
    stop: async () => {
      for (const salesforce of connected) {
        await salesforce.close();
      }
      await simulator.stop();
      await ground.remove();
    },
  };
}
