import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { MIGRATION_LOCK } from './migration-lock'
import { throwAwayDatabase } from './testing/throw-away-database'

const ROOT = join(import.meta.dirname, '../..')

/** Starts `npm run db:<name>` without what npm and the embedded database add to it. */
function start(name: 'migrate' | 'status', env: { DATABASE_URL: string; DATABASE_DIRECT_URL?: string }) {
  const program = spawn(process.execPath, ['--import', 'tsx', join(ROOT, `bin/commands/db-${name}.ts`)], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = Promise.all([once(program, 'close'), text(program.stdout), text(program.stderr)])
  const outcome = ended.then(([[code], out, err]) => ({ code, out, err }))
  return { program, outcome }
}

describe('npm run db:migrate and db:status', () => {
  test('say what is pending, apply it, and say that nothing is left', async () => {
    const { url } = await throwAwayDatabase()
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/pooler', DATABASE_DIRECT_URL: url }

    const before = await start('status', env).outcome
    expect(before).toMatchObject({ code: 2, err: '' })
    expect(before.out).toMatch(/^pending +0000_extensions +expand$/m)

    const migrated = await start('migrate', env).outcome
    expect(migrated).toMatchObject({ code: 0, err: '' })
    expect(migrated.out).toMatch(/^0000_extensions \(1 of \d+, expand\)\n {2}applied in \d/m)

    const after = await start('status', env).outcome
    expect(after).toMatchObject({ code: 0, err: '' })
    expect(after.out).toMatch(/^applied +0000_extensions +expand +\d{4}-\d\d-\d\d \d\d:\d\d UTC$/m)
    expect(await start('migrate', env).outcome).toEqual({
      code: 0,
      out: 'The database is up to date.\n',
      err: '',
    })
  })

  test('say in one sentence that no database answers', async () => {
    const env = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }
    for (const command of ['migrate', 'status'] as const) {
      const { code, out, err } = await start(command, env).outcome
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/^[^\n]*127\.0\.0\.1:1[^\n]*\n$/)
      expect(err).not.toContain('secret')
    }
  })

  test('refuse a database that a newer release has migrated', async () => {
    const { url, session } = await throwAwayDatabase()
    await start('migrate', { DATABASE_URL: url }).outcome
    await session.query(
      `insert into brigade_migrations.ledger values ('9999_future', 'x', 'expand', now(), 1)`,
    )
    for (const command of ['migrate', 'status'] as const) {
      const { code, err } = await start(command, { DATABASE_URL: url }).outcome
      expect(code).toBe(1)
      expect(err).toMatch(/^[^\n]*9999_future[^\n]*newer release[^\n]*\n$/)
    }
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('end at %s with their session closed', async (signal) => {
    const { url, session } = await throwAwayDatabase()
    await session.query('select pg_advisory_lock($1::int, $2::int)', MIGRATION_LOCK)
    const { program, outcome } = start('migrate', { DATABASE_URL: url })
    await once(program.stdout, 'data')

    program.kill(signal)

    const { code, out, err } = await outcome
    expect(code).toBe(130)
    expect(out).toMatch(/^Waiting for another migrator to finish: test \(/)
    expect(err).toMatch(/^Stopped [^\n]*\n$/)
    await vi.waitFor(async () =>
      expect(
        await session.query(
          `select from pg_stat_activity where application_name ^@ 'brigade migrate' and datname = current_database()`,
        ),
      ).toEqual([]),
    )
  })
})
