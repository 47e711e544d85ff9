import { configDefaults, defineConfig } from 'vitest/config';
import { TESTS_WITH_DATABASES, withoutSqlite } from './test/sqlite.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(withoutSqlite() ? TESTS_WITH_DATABASES : [])],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
