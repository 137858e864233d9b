import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'specs/**/*.spec.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
  },
});
