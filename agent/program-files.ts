/**
 * Where files of the program lie beside its code: found from the package's folder, for a built program keeps many
 * modules in one file, and a module's own place says nothing there.
 */
import { existsSync } from 'node:fs';

function packageFolder(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) {
    const above = new URL('..', folder);
    if (above.href === folder.href) throw new Error(`no package.json above ${import.meta.url}`);
    folder = above;
  }
  return folder;
}

/** The URL of a file, given its path from the package's folder: `package.json`, or something built, as `dist/web`. */
export function programFile(path: string): URL {
  return new URL(path, packageFolder());
}
