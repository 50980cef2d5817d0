import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { findPasswordLink } from '../queries/access'
import { testDatabase } from '../testing/database'
import { addUser } from '../testing/people'

const test = testDatabase()

/** Runs `admin:create` as bin/brigade.mjs does. */
async function adminCreate(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/commands/admin-create.ts', ...args], {
    env: { ...process.env, DATABASE_URL: test.url, DATABASE_DIRECT_URL: '', PORT: '', APP_URL: '', ...env },
  })
  const exit = new Promise((resolve) => child.on('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { stdout: stdout.trim(), stderr: stderr.trim(), code }
}
const tokenIn = (link: string) => link.slice(link.lastIndexOf('/') + 1)

it('prints nothing but the link to stdout, and who it is for to stderr', async () => {
  const { stdout, stderr, code } = await adminCreate(['Mia@Example.com', 'Mia', 'Weber'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^http:\/\/localhost:3000\/invite\/[A-Za-z0-9_-]{43}$/)
  expect(stderr).toMatch(/^mia@example\.com is an admin now\./)
  expect(await findPasswordLink(test.db, tokenIn(stdout))).toEqual({
    name: 'Mia Weber',
    email: 'mia@example.com',
  })
})

it('leads to the address that people open', async () => {
  const own = await adminCreate(['a@example.com'], { APP_URL: 'https://brigade.example.com' })
  expect(own.stdout).toMatch(/^https:\/\/brigade\.example\.com\/invite\//)
  const local = await adminCreate(['a@example.com'], { PORT: '4000' })
  expect(local.stdout).toMatch(/^http:\/\/localhost:4000\/invite\//)
})

it('makes no admin of somebody who is something else', async () => {
  await addUser(test.db, { role: 'kitchen', email: 'cook@example.com' })
  const { stderr, code } = await adminCreate(['cook@example.com'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('stays kitchen') })
})

it('refuses in one sentence, with exit code 1, and changes nothing', async () => {
  await addUser(test.db, { role: 'admin', email: 'gone@example.com', isActive: false })
  const before = await test.db.execute(sql`select * from users, verifications`)
  for (const args of [[], ['nonsense'], ['gone@example.com']]) {
    const { stdout, stderr, code } = await adminCreate(args)
    expect({ stdout, code, lines: stderr.split('\n').length }).toEqual({ stdout: '', code: 1, lines: 1 })
  }
  expect(await test.db.execute(sql`select * from users, verifications`)).toEqual(before)
})

it('says in one sentence that the database can’t be reached', async () => {
  const { stderr, code } = await adminCreate(['a@example.com'], {
    DATABASE_URL: 'postgresql://u@127.0.0.1:1/none',
  })
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^No PostgreSQL answers at 127\.0\.0\.1:1/),
  })
})
