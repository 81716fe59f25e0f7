import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.figures.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
});
