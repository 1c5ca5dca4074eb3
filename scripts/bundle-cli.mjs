// Bundles what a client command needs (`request …`, `vendor …`, `law …`), so that it starts in a
// fraction of the time: several hundred small files of libraries are one read. Commands that start
// a worker or a stack run from the compiled files, for a process must not hold two copies of the
// SDK.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const outdir = path('../dist/cli');
/** What such commands never load, or load from where it stands. */
const APART = [
  '@temporalio/worker',
  '@temporalio/testing',
  '@temporalio/activity',
  '@grpc/proto-loader',
  '@dossier/salesforce-simulator',
  '@aws-sdk/*',
  '@jsforce/*',
];

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    main: path('../dist/src/cli/main.js'),
    'failure-converter': path('../dist/src/codec/failure-converter.js'),
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: 'linked',
  external: APART,
  logLevel: 'error',
  banner: {
    js:
      "import { createRequire as createRequireOfBundle } from 'node:module'; const require = " +
      'createRequireOfBundle(import.meta.url);',
  },
  plugins: [
    {
      name: 'what starts sooner',
      setup(bundle) {
        // The SDK loads the converter by its path: the bundled one shares what is loaded already.
        bundle.onLoad({ filter: /codec\/data-converter\.js$/ }, ({ path: file }) => {
          const text = readFileSync(file, 'utf8');
          const bundled = text.replace(
            "'dist/src/codec/failure-converter.js'",
            "'dist/cli/failure-converter.js'",
          );
          if (bundled === text) throw new Error(`${file} names no failure converter any more.`);
          return { contents: bundled, loader: 'js' };
        });
        // Half a megabyte of message descriptions is read faster as JSON than as JavaScript, and a
        // client speaks to no cloud account.
        bundle.onLoad(
          { filter: /@temporalio\/proto\/protos\/json-module\.js$/ },
          ({ path: file }) => {
            const descriptions = descriptionsIn(readFileSync(file, 'utf8'));
            delete descriptions.coresdk;
            delete descriptions.temporal.nested.api.nested.cloud;
            delete descriptions.grpc.nested.gateway;
            withoutWhatNobodyCalls(descriptions);
            return {
              contents: `const protobuf = require('protobufjs/light');
const root = protobuf.roots.__temporal ?? (protobuf.roots.__temporal = new protobuf.Root());
module.exports = root.addJSON(JSON.parse(${JSON.stringify(JSON.stringify(descriptions))}));`,
              loader: 'js',
              resolveDir: dirname(file),
            };
          },
        );
      },
    },
  ],
});

/**
 * Takes away the methods of Temporal's services that no client command calls, with their messages,
 * and the HTTP routes of all methods: a client speaks gRPC.
 */
function withoutWhatNobodyCalls(descriptions) {
  const named = namesIn(
    ['../node_modules/@temporalio/client/lib', '../dist/src'],
    /(activity|async-completion|nexus|schedule|task-queue)-client\.js$/,
  );
  const { api } = descriptions.temporal.nested;
  const unneeded = [
    ...takenFrom(api.nested.workflowservice.nested.v1.nested, 'WorkflowService', named),
    ...takenFrom(api.nested.operatorservice.nested.v1.nested, 'OperatorService', named),
    ...takenFrom(api.nested.testservice.nested.v1.nested, 'TestService', named),
  ];
  // What another message holds stays, and so does what that holds.
  for (let held = true; held;) {
    held = false;
    const words = new Set(JSON.stringify(descriptions).match(/\w+/g));
    for (const { types, name, message } of unneeded) {
      if (!words.has(name) || types[name] !== undefined) continue;
      types[name] = message;
      held = true;
    }
  }
}

/** Takes the methods that nothing names from a service; answers their messages, taken away too. */
function takenFrom(types, service, named) {
  const { methods } = types[service];
  const taken = [];
  for (const [name, method] of Object.entries(methods)) {
    delete method.options;
    delete method.parsedOptions;
    delete method.comment;
    if (named.has(name[0].toLowerCase() + name.slice(1))) continue;
    delete methods[name];
    for (const message of [method.requestType, method.responseType]) {
      if (named.has(message) || types[message] === undefined) continue;
      taken.push({ types, name: message, message: types[message] });
      delete types[message];
    }
  }
  return taken;
}

/** Every word of the compiled files in some folders, apart from some files. */
function namesIn(folders, apart) {
  const texts = folders.flatMap((folder) =>
    readdirSync(path(folder), { recursive: true })
      .filter((file) => file.endsWith('.js') && !apart.test(file))
      .map((file) => readFileSync(join(path(folder), file), 'utf8')),
  );
  return new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
}

/** The JSON that the generated module hands to protobuf. */
function descriptionsIn(text) {
  let found;
  const root = {
    addJSON: (json) => {
      found = json;
      return root;
    },
  };
  const protobuf = { roots: { __temporal: root }, Root: Object };
  runInNewContext(text, { require: () => protobuf, module: {} });
  return JSON.parse(JSON.stringify(found));
}
