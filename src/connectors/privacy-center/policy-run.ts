import * as z from 'zod';
import type { ConnectorContext } from '../spi.ts';
import { SystemFailure } from '../../http/failure.ts';
import type { FileReceipt } from '../../contract/receipt.ts';
import type { Salesforce } from '../../salesforce/create-salesforce.ts';
import { jsonOf, type HttpResponse } from '../../http/transport.ts';
import { readAs } from '../../salesforce/read-response.ts';
import { saveFile } from '../shared/cloud-files.ts';
import { endingFor, mediaTypeOf } from '../shared/media-type.ts';

export interface PolicyScope {
  readonly salesforce: Salesforce;
  readonly system: string;
  readonly signal: AbortSignal;
  readonly download: 'both' | 'bearer' | 'cookie';
}

/**
 * The state of a policy's run. `url`: the path of its file, sent before the file exists.
 * `warnings`: how many things the run reports as left out.
 */
export interface PolicyRun {
  readonly state: 'waiting' | 'complete' | 'failed';
  readonly url: string;
  readonly warnings: number;
}

/** The samples and the table of the guide spell the same fields differently. */
const resultShape = z.looseObject({
  policyFileStatus: z.string(),
  policyFileId: z.string().nullish(),
  policyFileID: z.string().nullish(),
  policyFileUrl: z.string().nullish(),
  policyFileURL: z.string().nullish(),
});
const answerShape = z.looseObject({
  status: z.string(),
  warnings: z.array(z.unknown()).nullish(),
  result: resultShape.nullish(),
});

const path = ({ salesforce }: PolicyScope): string =>
  `/services/data/v${salesforce.apiVersion}/consent/dsr/rtp/execute`;

/** Runs a policy for one record. Returns the ID of its file. @throws SystemFailure */
export async function startPolicy(
  scope: PolicyScope,
  policyName: string,
  dataSubjectId: string,
): Promise<string> {
  const { salesforce, system, signal } = scope;
  const { policyFileId, policyFileID } = resultOf(
    system,
    await salesforce.call({
      system,
      signal,
      method: 'POST',
      path: path(scope),
      body: { dataSubjectId, policyName },
    }),
  );
  const file = policyFileId ?? policyFileID;
  if (!file) throw new SystemFailure({ kind: 'unreadable', system, code: 'NO_FILE_ID' });
  return file;
}

/** @throws SystemFailure */
export async function policyRun(scope: PolicyScope, file: string): Promise<PolicyRun> {
  const { salesforce, system, signal } = scope;
  const { policyFileStatus, policyFileUrl, policyFileURL, warnings } = resultOf(
    system,
    await salesforce.call({
      system,
      signal,
      method: 'GET',
      path: `${path(scope)}?policyFileId=${encodeURIComponent(file)}`,
    }),
  );
  const state = STATES[policyFileStatus.toLowerCase().replace(/[^a-z]/g, '')];
  const url = policyFileUrl ?? policyFileURL ?? '';
  if (state === undefined || (state === 'complete' && url === '')) {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_STATUS' });
  }
  return { state, url, warnings };
}
const STATES: Readonly<Record<string, PolicyRun['state']>> = {
  inprogress: 'waiting',
  complete: 'complete',
  completed: 'complete',
  failed: 'failed',
};

/** The outer status is that of the call, the inner one that of the run. */
function resultOf(
  system: string,
  answer: HttpResponse,
): z.infer<typeof resultShape> & { readonly warnings: number } {
  const { status, result, warnings } = readAs(answerShape, jsonOf(system, answer), system);
  if (status.toUpperCase() !== 'SUCCESS') {
    throw new SystemFailure({
      kind: 'rejected',
      system,
      code: 'POLICY_REFUSED',
      action:
        'Check that the policy is active, that its root object fits, and that the user may ' +
        'use Privacy Center; then retry the system.',
    });
  }
  if (!result) throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_SHAPE' });
  return { ...result, warnings: warnings?.length ?? 0 };
}

const LOGIN =
  'Privacy Center gave a login page, or led to one, in place of the file. Try another value ' +
  'of `download`, and check that the user that the app runs as may download policy files.';

/** Takes a run's file in. @throws SystemFailure; `denied` if a login page comes in its place */
export async function takePolicyFile(
  scope: PolicyScope,
  context: ConnectorContext,
  url: string,
  name: string,
): Promise<FileReceipt> {
  const { salesforce, system, signal, download } = scope;
  const stream = await salesforce
    .open({
      system,
      signal,
      method: 'GET',
      path: ownPath(system, url),
      headers: { accept: '*/*' },
      authorizedBy: download,
    })
    .catch((error: unknown) => {
      const status = error instanceof SystemFailure ? (error.facts.status ?? 0) : 0;
      throw status >= 300 && status < 400
        ? new SystemFailure({ kind: 'denied', system, status, code: 'LOGIN_PAGE', action: LOGIN })
        : error;
    });
  const mediaType = mediaTypeOf(stream.contentType);
  if (/^(?:text\/html|application\/xhtml)/.test(mediaType)) {
    stream.body.destroy();
    throw new SystemFailure({
      kind: 'denied',
      system,
      status: stream.status,
      code: 'LOGIN_PAGE',
      action: LOGIN,
    });
  }
  return saveFile(
    context,
    `systems/${context.system}/${name}.${endingFor(mediaType)}`,
    stream,
    mediaType,
  );
}

/**
 * The path of a file on the core host, whatever host its link names, so that the token goes nowhere
 * else.
 */
function ownPath(system: string, url: string): string {
  try {
    const { pathname, search } = new URL(url, 'https://core.invalid');
    return `${pathname}${search}`;
  } catch {
    throw new SystemFailure({ kind: 'unreadable', system, code: 'FOREIGN_LINK' });
  }
}
