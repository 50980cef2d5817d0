import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { MIGRATION_LOCK } from './migration-lock'
import { throwAwayDatabase } from './testing/throw-away-database'

const ROOT = join(import.meta.dirname, '../..')

/** Starts `npm run db:<name>` without what npm and the embedded database add to it. */
function start(
  name: 'migrate' | 'status' | 'check',
  env: { DATABASE_URL: string; DATABASE_DIRECT_URL?: string },
  args: readonly string[] = [],
) {
  const file = join(ROOT, `bin/commands/db-${name}.ts`)
  const program = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
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

  test('let a release start on what a newer one has added, and refuse where that took something away', async () => {
    const { url, session } = await throwAwayDatabase()
    await start('migrate', { DATABASE_URL: url }).outcome
    const record = (name: string, phase: string) =>
      session.query(`insert into brigade_migrations.ledger values ($1, 'x', $2, now(), 1)`, [name, phase])
    await record('9998_future', 'expand')
    expect(await start('migrate', { DATABASE_URL: url }).outcome).toMatchObject({ code: 0, err: '' })
    const { code, out } = await start('status', { DATABASE_URL: url }).outcome
    expect(code).toBe(0)
    expect(out).toMatch(/^newer +9998_future +expand.*\nThe database is of a newer release,[^\n]*\n$/m)

    await record('9999_future', 'contract')
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

describe('npm run db:migrate -- --plan', () => {
  test('shows what is pending and what wants a look, and migrates nothing', async () => {
    const { url, session } = await throwAwayDatabase()
    const { code, out, err } = await start('migrate', { DATABASE_URL: url }, ['--plan']).outcome
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(out).toMatch(/^0000_extensions \(expand, in a transaction\)\n {2}line 4: CREATE EXTENSION/m)
    expect(out).toMatch(/^LOOK {2}Team +Do the team/m)
    expect(await session.query(`select to_regclass('restaurants') as made`)).toEqual([{ made: null }])
  })

  test('is for programs, too, and takes a yes for nobody to be asked', async () => {
    const { url } = await throwAwayDatabase()
    const told = await start('migrate', { DATABASE_URL: url }, ['--plan', '--json', '--yes', '--by', 'Ada'])
      .outcome
    const { items, confirmations } = JSON.parse(told.out)
    expect(confirmations).toMatchObject([{ by: 'Ada (--yes)' }, {}, {}])
    expect(items).toContainEqual(expect.objectContaining({ id: 'told', state: 'ok' }))
    expect(told.code).toBe(items.some(({ state }: { state: string }) => state === 'attention') ? 2 : 0)
  })

  test('mistyped migrates nothing', async () => {
    const { url, session } = await throwAwayDatabase()
    const { code, out, err } = await start('migrate', { DATABASE_URL: url }, ['--pln']).outcome
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^[^\n]*--pln[^\n]*\n$/)
    expect(await session.query(`select to_regclass('restaurants') as made`)).toEqual([{ made: null }])
  })
})

describe('npm run db:check', () => {
  test('needs no database and lists what is excused', async () => {
    const { code, out, err } = await start('check', { DATABASE_URL: '' }).outcome
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Excused:\n {2}db\/migrations\/\w+\.sql:\d+ {2}[\w-]+/m)
    expect(out).toMatch(/^\d+ migrations checked: nothing would hold up a running chain\.$/m)
  })
})
