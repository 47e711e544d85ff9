/** SQLite's binding, which npm fetches prebuilt or compiles: a bare machine may be able to do neither. */
import { createRequire } from 'node:module';

/** The tests that keep something in a database, whole files of them. */
export const TESTS_WITH_DATABASES = [
  'test/api/**',
  'test/store*.test.ts',
  'test/keeper-thread.test.ts',
  'test/page/**',
];

/**
 * Whether tests with databases must be skipped; says so loudly.
 * Where continuous integration runs nothing is skipped: there a binding that is missing is a fault.
 */
export function withoutSqlite(): boolean {
  if (process.env['CI'] !== undefined) return false;
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3');
    new Database(':memory:').close(); // the binding is loaded with the first database, not with the library
    return false;
  } catch (error) {
    const [cause] = String(error).split('\n');
    process.stderr.write(
      `\n!!! The tests of databases, the service and the page are SKIPPED: better-sqlite3 cannot be loaded (${cause}).\n` +
        '!!! Install a C++ compiler, make and python3 (Debian, Ubuntu: apt-get install g++ make python3), remove node_modules, run npm test again.\n\n',
    );
    return true;
  }
}
