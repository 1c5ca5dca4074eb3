import { createHmac, hkdfSync } from 'node:crypto';
import type { KeyRing } from '../codec/keys.ts';
import { plainEmail } from '../connectors/shared/email-spelling.ts';
import { identifiersOf, type Identifier, type Subject } from '../contract/request.ts';

/** Keeps the keys of hashes different from those of payloads. */
const PURPOSE = 'dossier: requests of the same person, 1';

/** Hashes of a person's identifiers: those to keep, and those to look for. */
export interface PersonHashes {
  /** With the key that encrypts today. */
  readonly current: readonly string[];
  /** With every known key, for hashes that were kept before a rotation. */
  readonly all: readonly string[];
}

/**
 * A keyed hash (HMAC-SHA-256, hex) of each identifier of a person, in a form in which two spellings
 * of one identifier are the same. Without the key nobody can try out addresses. The key comes from
 * the codec key by HKDF (RFC 5869), or from `own` if there is no ring.
 */
export async function personHashes(
  subject: Subject,
  ring: KeyRing | undefined,
  own: () => Promise<Uint8Array>,
): Promise<PersonHashes> {
  const secrets =
    ring === undefined
      ? [await own()]
      : ring.ids.flatMap((id) => ring.find(id)?.secret.export() ?? []);
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), PURPOSE, 32)),
  );
  const plain = [
    ...new Set(
      identifiersOf(subject)
        .map(plainIdentifier)
        .filter((it) => it !== undefined),
    ),
  ];
  const under = (key: Buffer) =>
    plain.map((it) => createHmac('sha256', key).update(it).digest('hex'));
  const [first] = keys;
  return { current: first === undefined ? [] : under(first), all: keys.flatMap(under) };
}

/**
 * An identifier as it is compared, with its kind; undefined if nothing of it remains to compare.
 */
function plainIdentifier({ kind, name, value }: Identifier): string | undefined {
  const plain = plainValue(kind, value);
  return plain === '' ? undefined : JSON.stringify([kind === 'external-id' ? name : kind, plain]);
}

function plainValue(kind: Identifier['kind'], value: string): string {
  if (kind === 'email') return plainEmail(value);
  return kind === 'phone'
    ? value.normalize('NFKC').replace(/\D/gu, '').replace(/^00/, '')
    : value.trim();
}
