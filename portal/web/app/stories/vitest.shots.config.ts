import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    root: import.meta.dirname,
    include: ['*.shots.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
