import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    // 360, 奇安信 and UOS browsers are at Chrome 86–93.
    target: ['chrome87', 'safari14'],
    manifest: true,
    emptyOutDir: true,
    rolldownOptions: {
      input: { desk: here('./index.html'), phone: here('./m.html'), open: here('./p.html') },
      // Many small chunks compress badly: what pages of both entries share of reports is one. What is fetched later stays out.
      output: { codeSplitting: { groups: [{ name: 'reports', test: /src\/features\/(reports\/api\/(?!mergeForms|origin|handovers|links|split)|attachments\/api\/(useUploads|attachments))/ }] } },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.SHANGDA_SERVER ?? 'http://127.0.0.1:8080' } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./src/lib/testing/setup.ts'],
  },
});
