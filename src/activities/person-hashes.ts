import { createHmac, hkdfSync } from 'node:crypto';
import type { KeyRing } from '../codec/keys.ts';
import { plainEmail } from '../connectors/shared/email-spelling.ts';
import { identifiersOf, type Identifier, type Subject } from '../contract/request.ts';

/** Keeps the keys of hashes apart from those of payloads. */
const PURPOSE = 'dossier: requests of the same person, 1';

/** Hashes of a person's identifiers: those to keep, and those to look for. */
export interface PersonHashes {
  /** Under the key that encrypts today. */
  readonly current: readonly string[];
  /** Under every key that is known, for what was kept before a rotation. */
  readonly all: readonly string[];
}

/**
 * A keyed hash (HMAC-SHA-256, hex) of each identifier of a person, in the form in which two
 * spellings of one identifier are the same. Without the key nobody can try addresses out. The key
 * comes from the codec key by HKDF (RFC 5869), or from `own` where there is no ring.
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

/** An identifier as compared, with its kind; undefined where nothing is left of it to compare. */
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
