import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'specs/**/*.spec.ts'],
    globalSetup: ['tests/temporary-folder.ts'],
    setupFiles: ['tests/properties.ts'],
    pool: 'threads',
    maxWorkers: '100%',
    isolate: false,
    // No stopwatch: a slow machine is given time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
