import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.figures.ts'],
    fileParallelism: false,
    testTimeout: 2_400_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
});
