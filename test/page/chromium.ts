/** Chromium, as Debian and others install it. The tests of the page drive it; where there is none they are skipped. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Where the browser is: as FIELDMARK_CHROMIUM says, or on the path; null where there is none. */
export const CHROMIUM: string | null = process.env['FIELDMARK_CHROMIUM'] ?? onPath(NAMES);

/** For `describe.skipIf`: says loudly what is missing. */
export function withoutChromium(): boolean {
  if (CHROMIUM !== null) return false;
  process.stderr.write(
    '\n!!! The tests of the page are SKIPPED: there is no Chromium on this machine.\n' +
      '!!! Debian, Ubuntu: apt-get install chromium; elsewhere: set FIELDMARK_CHROMIUM to where it (or Chrome) is.\n\n',
  );
  return true;
}

export function launch(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('there is no Chromium');
  // root, as in a container, has no sandbox
  return chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: process.getuid?.() !== 0 });
}

function onPath(names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // most folders of the path have no browser
  }
}
