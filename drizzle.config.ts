import { defineConfig } from 'drizzle-kit'

/** Only `drizzle-kit generate` is used: our own runner applies the files (see docs/decisions/002-migration-runner.md). */
export default defineConfig({
  dialect: 'postgresql',
  schema: './db/schema/index.ts',
  out: './db/migrations',
})
