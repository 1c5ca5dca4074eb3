import type { Authorise } from '../../codec/authorisation.ts';
import type { Access } from '../../codec/endpoint.ts';
import type { CommandModule, Parts } from '../command.ts';
import { usage } from '../output/failures.ts';
import { portRefused } from '../stack/port-taken.ts';
import { port } from '../stack/port.ts';
import { variablesOf } from '../settings.ts';
import { untilEnding } from '../until-ending.ts';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly origin?: readonly string[];
  readonly oidcIssuer?: string;
  readonly oidcAudience?: string;
  readonly oidcJwks?: string;
  readonly oidcClaim?: readonly string[];
  readonly authorisation: boolean;
}

const TOKEN = 'DOSSIER_CODEC_TOKEN';
const list = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

const command: CommandModule = {
  name: 'codec',
  register(parent, parts) {
    parent
      .command('codec')
      .description(
        'decrypt payloads for the Temporal UI and the temporal command line, for those who may',
      )
      .option('--port <port>', 'where it listens', port, 8081)
      .option('--host <address>', 'the address that it listens on', '127.0.0.1')
      .option(
        '--origin <url>',
        "the Temporal UI's own address, such as https://temporal.acme.example; may be given " +
          'again (DOSSIER_CODEC_ORIGIN)',
        list,
      )
      .option(
        '--oidc-issuer <url>',
        'let in who shows a token of this identity provider (DOSSIER_CODEC_OIDC_ISSUER)',
      )
      .option(
        '--oidc-audience <name>',
        'whom such a token must be for (DOSSIER_CODEC_OIDC_AUDIENCE)',
      )
      .option('--oidc-jwks <url>', "the provider's public keys; by default what it says itself")
      .option(
        '--oidc-claim <name=value>',
        'what such a token must say too, such as groups=privacy; may be given again',
        list,
      )
      .option('--no-authorisation', 'let in everybody on this machine; only with --host 127.0.0.1')
      .option('--config <file>', 'dossier.yaml, for the .env beside it')
      .addHelpText(
        'after',
        [
          '',
          `Who may decrypt shows the token in ${TOKEN}, or one of the identity provider.`,
          '',
          'Examples:',
          '  For a UI whose users sign in:   dossier codec --origin ' +
            'https://temporal.acme.example --oidc-issuer https://login.acme.example ' +
            '--oidc-audience temporal',
          `  With a token that a team shares: ${TOKEN}=$(openssl rand -hex 32) dossier codec ` +
            '--origin http://127.0.0.1:8080',
          '  The command line reads by it:   temporal workflow query --type status -w ' +
            'dsar-R-1042 --codec-endpoint http://127.0.0.1:8081 --codec-auth "Bearer $TOKEN"',
          '',
          'Each use is one JSON line on standard error: who, when, how much; nothing of what was decrypted.',
        ].join('\n'),
      )
      .action((options: Options) => serve(options, parts));
  },
};
export default command;

async function serve(options: Options, parts: Parts): Promise<void> {
  const variables = variablesOf(parts.configFile(), parts);
  const [{ startCodecEndpoint }, { KEYS_VARIABLE, parseKeys }] = await Promise.all([
    import('../../codec/endpoint.ts'),
    import('../../codec/keys.ts'),
  ]);
  const ring = parseKeys(variables[KEYS_VARIABLE]);
  const authorise = await authorisationOf(options, variables);
  const origin = originsOf(options, variables);
  const { host } = options;
  const endpoint = await startCodecEndpoint({
    ring,
    host,
    port: options.port,
    origin,
    ...(authorise !== undefined && { authorise }),
    log: (access: Access) => parts.out.note(JSON.stringify(access)),
  }).catch((error: unknown) => portRefused(error, { port: options.port, host, flag: '--port' }));
  parts.out.result({ codec: endpoint.url, keys: ring.ids, origins: origin }, [
    `The codec endpoint is at ${endpoint.url}; it decrypts with ` +
      `${ring.ids.length === 1 ? 'the key' : 'the keys'} ${ring.ids.join(', ')}.`,
    ...(origin.length === 0
      ? ['No page may use it: name the UI by --origin.']
      : [`Pages of ${origin.join(', ')} may use it.`]),
    'Ctrl-C stops it.',
  ]);
  await untilEnding(parts.ending);
  await endpoint.stop();
}

async function authorisationOf(
  options: Options,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Authorise | undefined> {
  const [{ anyOf, AuthorisationError, oidcTokens, sharedToken }, { isLoopback }] =
    await Promise.all([import('../../codec/authorisation.ts'), import('../../codec/loopback.ts')]);
  const issuer = options.oidcIssuer ?? variables.DOSSIER_CODEC_OIDC_ISSUER;
  const audience = options.oidcAudience ?? variables.DOSSIER_CODEC_OIDC_AUDIENCE;
  const token = variables[TOKEN];
  if (issuer !== undefined && audience === undefined) {
    throw usage(
      "An identity provider's token must be meant for somebody: name the audience.",
      '--oidc-audience',
      [
        'Give --oidc-audience or DOSSIER_CODEC_OIDC_AUDIENCE: what the "aud" of the UI\'s ' +
          'access token holds.',
      ],
    );
  }
  if (issuer === undefined && token === undefined) {
    if (options.authorisation) {
      throw usage(
        "Nobody is told who may decrypt, and whoever can would read everybody's data.",
        TOKEN,
        [
          `Set ${TOKEN} to a long random text: openssl rand -hex 32`,
          'Or name the identity provider: --oidc-issuer and --oidc-audience.',
          'On a machine that only you use: --no-authorisation, with --host 127.0.0.1.',
        ],
      );
    }
    if (!isLoopback(options.host)) {
      throw usage(
        `Without authorisation it listens on this machine alone, and ${options.host} can be ` +
          'reached from elsewhere.',
        '--host',
        [`Leave --host out, or set ${TOKEN}.`],
      );
    }
    return undefined;
  }
  try {
    return anyOf([
      ...(token === undefined ? [] : [sharedToken(token)]),
      ...(issuer === undefined || audience === undefined
        ? []
        : [
            await oidcTokens({
              issuer,
              audience,
              claims: claimsOf(options.oidcClaim ?? []),
              ...(options.oidcJwks !== undefined && { jwks: options.oidcJwks }),
            }),
          ]),
    ]);
  } catch (error) {
    throw error instanceof AuthorisationError
      ? usage(error.message, issuer === undefined ? TOKEN : '--oidc-issuer')
      : error;
  }
}

const claimsOf = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) {
        throw usage('A claim is given as name=value, such as groups=privacy.', '--oidc-claim');
      }
      return [name, value];
    }),
  );

function originsOf(
  { origin }: Options,
  { DOSSIER_CODEC_ORIGIN: fromVariable }: Readonly<Record<string, string | undefined>>,
): string[] {
  return (origin ?? fromVariable?.split(',').map((it) => it.trim()) ?? []).map((text) => {
    if (!URL.canParse(text) || new URL(text).origin === 'null') {
      throw usage(
        `${text} is no address of a page, such as https://temporal.acme.example.`,
        '--origin',
      );
    }
    return new URL(text).origin;
  });
}
