import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') }
/** `*.full.test.ts` takes minutes; `npm run test:full` runs it too. */
const exclude = process.env.BRIGADE_FULL ? [] : ['**/*.full.test.ts']

/** Three projects: rules without a database, what needs a real PostgreSQL, and the entry scripts. */
export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    projects: [
      { resolve: { alias }, test: { name: 'domain', include: ['domain/**/*.test.ts'], testTimeout: 30_000 } },
      {
        resolve: { alias },
        test: {
          name: 'db',
          include: ['db/**/*.test.ts', 'app/**/*.test.ts', 'app/**/*.test.tsx'],
          exclude,
          globalSetup: ['db/testing/global-setup.ts'],
          // Each test has a database of its own, and all of one process would share what is kept; and on a busy
          // machine everything is slow.
          env: { MISE: 'off', SLOW_QUERY_MS: '0' },
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'bin',
          include: ['bin/**/*.test.ts'],
          exclude,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
