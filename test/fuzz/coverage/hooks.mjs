/** Module hooks: TypeScript of the project is stripped of its types; what is under test is given counters as well. */
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { ROOT } from '../../../api/setup.mjs';
import { instrument } from './instrument.mjs';

const UNDER_TEST = /^(parsers|agent|api)\//;

/** The line, from 1, that a place in the stripped code (both from 0) was written in. */
function originIn(map) {
  const origins = new SourceMap(map);
  return (line, column) => (origins.findEntry(line, column).originalLine ?? line) + 1;
}

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const { code, map } = await transformWithOxc(await readFile(file, 'utf8'), file, { sourcemap: true });
  const path = file.slice(ROOT.length);
  const counted = UNDER_TEST.test(path) ? instrument(code, path, originIn(map)) : code;
  // counters are put into lines, never between them: the map of the stripping still tells each line's origin
  const origin = Buffer.from(JSON.stringify(map)).toString('base64');
  const source = `${counted}\n//# sourceMappingURL=data:application/json;base64,${origin}`;
  return { format: 'module', source, shortCircuit: true };
}
