import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '@/db/client'
import { loadDemo } from '@/db/seed/demo/load'
import { migrateOrThrow } from '@/db/testing/migrated'
import { databaseUrl } from '@/db/testing/templates'

/** Serves the production build on a fresh database with the demo chain, for the browser tests. Ends with its parent. */
const { TEST_DATABASE_URL: maintenanceUrl, E2E_DATABASE: name } = process.env
if (!maintenanceUrl || !name)
  throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- e2e`.')

const url = databaseUrl(maintenanceUrl, name)
const session = await openSession(maintenanceUrl)
await session.query(`drop database if exists ${name} with (force)`)
await session.query(`create database ${name}`)
await session.close()
await migrateOrThrow(url)
await loadDemo(url)

/** Of uploaded photos. */
const folder = mkdtempSync(join(tmpdir(), 'brigade-e2e-'))
const server = spawn(process.execPath, ['bin/serve.mjs'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: url,
    BRIGADE_DATA: folder,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    LOG_FORMAT: 'words',
    // Tests change what jobs would put right, and say themselves when one runs.
    HOUSEKEEPING: 'off',
  },
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code ?? 0)
})
