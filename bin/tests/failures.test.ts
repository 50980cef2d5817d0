import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serverTrouble } from '../lib/cluster.mjs'
import { versionProblem } from '../lib/connection'
import { openEmbedded } from '../lib/embedded.mjs'
import { nodeProblem } from '../lib/node-version.mjs'
import { explain } from '../lib/sentence.mjs'
import { type Outcome, runEntry, temporaryFolder } from './helpers'

const start = (env: Record<string, string>, ...args: string[]) => runEntry(['bin/start.mjs', ...args], env)
const command = (name: string, env: Record<string, string>) => runEntry(['bin/brigade.mjs', name], env)

/** Failed, said why, and showed no stack trace. */
function expectSentence({ code, output }: Outcome, sentence: RegExp): void {
  expect(output).toMatch(sentence)
  expect(output).not.toMatch(/^\s+at .+:\d+/m)
  expect(code).toBe(1)
}

it('says so when the port is busy, before anything is set up', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const outcome = await start({ PORT: String(port) })
  other.close()

  expectSentence(
    outcome,
    new RegExp(`^\\s*Port ${port} is in use, .* choose another with PORT=\\d+ npm start\\.\\s*$`),
  )
})

it.each([
  ['PORT', 'http', /PORT is "http": it must be a number from 1 to 65535/],
  ['PORT', '99999', /PORT is "99999": it must be a number from 1 to 65535/],
  ['HOST', 'no.such.host.invalid', /HOST is "no\.such\.host\.invalid", which is no address of this machine/],
])('says so when %s is %s', async (name, value, sentence) => {
  expectSentence(await start({ [name]: value }), sentence)
})

it('says so when npm start is given an option that it does not know', async () => {
  expectSentence(await start({}, '--fast'), /npm start knows --demo and --dev, but not "--fast"/)
})

it('lists the commands when one is not known', async () => {
  expectSentence(
    await command('db:explode', {}),
    /There is no command "db:explode"[\s\S]*db:ping +Says whether/,
  )
})

it.each([
  ['postgresql://a:secret@127.0.0.1:1/x', /No PostgreSQL answers at 127\.0\.0\.1:1: is it running/],
  ['postgresql://a:secret@no.such.host.invalid/x', /no\.such\.host\.invalid:5432/],
  ['my database', /DATABASE_URL is no address such as postgresql:/],
])('says so when DATABASE_URL is %s, without its password', async (url, sentence) => {
  const outcome = await command('db:ping', { DATABASE_URL: url, AUTH_SECRET: 'x' })

  expectSentence(outcome, sentence)
  expect(outcome.output).not.toContain('secret')
})

it('says so when the server refuses the password or has no such database', async () => {
  const embedded = await openEmbedded({ dataDir: join(temporaryFolder(), 'data') })
  const wrongPassword = embedded.url.replace(/:[^:@]+@/, ':guess@')
  const wrongDatabase = embedded.url.replace(/brigade$/, 'elsewhere')

  const ping = (url: string) => command('db:ping', { DATABASE_URL: url, AUTH_SECRET: 'x' })
  expectSentence(await ping(wrongPassword), /refused the password of "brigade"/)
  expectSentence(await ping(wrongDatabase), /has no database "elsewhere"/)
  await embedded.close()
})

it('says so when the data folder cannot be made or written', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')

  expectSentence(
    await command('db:ping', { BRIGADE_DATA: join(folder, 'file') }),
    /is a file where a folder is needed/,
  )
  expectSentence(await command('db:ping', { BRIGADE_DATA: join(folder, 'file', 'below') }), /BRIGADE_DATA/)
})

it.runIf(process.platform === 'linux')(
  'says so when it may not write where the data folder should be',
  async () => {
    const outcome = await command('db:ping', { BRIGADE_DATA: '/sys/brigade' })

    expectSentence(outcome, /(No permission to use|read-only disk).* choose another folder with BRIGADE_DATA/)
  },
)

it('says so when the secrets are damaged', async () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'secrets.json'), '{"authSec')

  expectSentence(await command('db:ping', { BRIGADE_DATA: dataDir }), /secrets\.json is damaged: remove it/)
})

it('says so when the data were made by another PostgreSQL version', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const embedded = await openEmbedded({ dataDir })
  await embedded.close()
  writeFileSync(join(embedded.folder, 'PG_VERSION'), '17\n')

  expectSentence(
    await command('db:ping', { BRIGADE_DATA: dataDir }),
    /was made by PostgreSQL 17 and this Brigade brings 18/,
  )
})

it('says why the server does not start, in the words of its log', async () => {
  const dataDir = join(temporaryFolder(), 'data')
  const embedded = await openEmbedded({ dataDir })
  await embedded.close()
  writeFileSync(join(embedded.folder, 'pg_hba.conf'), 'nonsense\n')

  expectSentence(
    await command('db:ping', { BRIGADE_DATA: dataDir }),
    /PostgreSQL did not start: could not load .*pg_hba\.conf/,
  )
})

it('tells a full disk from other trouble, whoever met it', () => {
  const initdb = 'initdb: error: could not write to file "/x/base": No space left on device\n'
  expect(serverTrouble(initdb, 'PostgreSQL did not start').message).toMatch(
    /the disk is full\. Free some space/,
  )
  const node = Object.assign(new Error('write'), { code: 'ENOSPC' })
  expect(explain(node)).toMatch(/The disk is full: free some space/)
  const other = Object.assign(new Error('write'), { code: 'EROFS', path: '/x' })
  expect(explain(other)).toMatch(/\/x is on a read-only disk/)
})

it.each([
  ['18.20.4', /needs Node 20\.19 or newer and this is 18\.20\.4/],
  ['20.18.9', /needs Node 20\.19 or newer and this is 20\.18\.9/],
])('refuses Node %s', (version, sentence) => {
  expect(nodeProblem(version)).toMatch(sentence)
})

it.each(['20.19.0', '21.0.0', '22.12.0', '24.1.0'])('accepts Node %s', (version) => {
  expect(nodeProblem(version)).toBeUndefined()
})

it('refuses a server older than PostgreSQL 15', () => {
  expect(versionProblem(140_012)).toMatch(/needs PostgreSQL 15 or newer, and the server .* is 14: upgrade it/)
  expect(versionProblem(150_000)).toBeUndefined()
})
