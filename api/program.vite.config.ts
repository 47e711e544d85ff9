/**
 * Builds the program into dist: what is started by itself, a command or a thread, is a file of its own, and all that a
 * capture is read with is one module. The engine takes a constant for one only within its module, so that reading goes
 * a tenth faster than from hundreds of modules, and one file is loaded in a third of the time.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What is started by itself. */
const STARTED = [
  'api/main',
  'agent/together/share-worker',
  'agent/service/worker',
  'agent/service/listener-worker',
  'agent/capture/live/cap-helper',
  'fixtures/plant/main',
];

/** What benchmark, load and crash tests take of it as it is built: to measure it, to make traffic with, to kill it. */
const TAKEN_BY_TESTS = [
  ...['agent/analyze', 'agent/capture/read-capture', 'agent/limits', 'agent/model/merge-snapshots', 'agent/plant'],
  ...['agent/report/report', 'agent/sensor', 'agent/service/keeper', 'agent/store/database', 'agent/store/lists'],
  ...['agent/store/open-plant', 'agent/store/reader', 'agent/store/store', 'parsers/net/packet', 'parsers/registry'],
  ...['fixtures/plant/bench/bench', 'fixtures/plant/bench/flood-truth', 'fixtures/plant/bench/floods'],
  ...['fixtures/plant/bench/hostile', 'fixtures/plant/capture/pcap', 'fixtures/plant/capture/sink'],
  ...['fixtures/plant/scenarios/many-cells', 'fixtures/plant/simulation'],
];

/** With everything it imports. */
const READS_CAPTURES = /agent[\\/]analyze\.ts$/;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  build: {
    ssr: true, // packages stay packages
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false, // a service may be running from it
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries([...STARTED, ...TAKEN_BY_TESTS].map((name) => [name, `${name}.ts`])),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'parts/[name].js',
        topLevelVar: false, // only what is declared constant is a constant to the engine
        minify: { compress: true, mangle: false, codegen: false }, // numbers stand where they are used; names stay
        codeSplitting: { groups: [{ name: 'reading', test: READS_CAPTURES }] },
      },
    },
  },
});
