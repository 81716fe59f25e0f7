import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const portal = process.env['VIDEO_WINDOW_PORTAL'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  // The client library is read from its sources: no build of it is needed first.
  resolve: { conditions: ['video-window-source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    // Every file is a file of its own: the content security policy allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, proxy: { '/api': { target: portal, changeOrigin: false } } },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
