import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@/bin/lib/free-port.mjs'
import { accountFor } from '@/bin/lib/os-account.mjs'
import { openSession } from '@/db/client'

/** Debian's package is pgbouncer; empty where it is not installed. */
export const PGBOUNCER = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path)) ?? ''

const STARTS_WITHIN_MS = 20_000

export type PgBouncer = { url: string; stop(): Promise<void> }

/**
 * Runs deploy/pgbouncer.ini as it is, but for addresses, in front of a database; so few server connections that they
 * change hands between transactions.
 * @param url of the database on PostgreSQL itself
 */
export async function startPgBouncer(url: string, serverConnections: number): Promise<PgBouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'brigade-pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const direct = new URL(url)
  // PgBouncer asks for a password also where PostgreSQL itself trusts whoever comes from this machine.
  const password = decodeURIComponent(direct.password) || 'trusted'
  const target = `host=${direct.hostname} port=${direct.port || 5432} dbname=${direct.pathname.slice(1)}`
  const settings = readFileSync(new URL('../../deploy/pgbouncer.ini', import.meta.url), 'utf8')
    .replace('host=127.0.0.1 port=5432 dbname=brigade', target)
    .replace('listen_port = 6432', `listen_port = ${port}`)
    .replace('/etc/pgbouncer/userlist.txt', join(folder, 'userlist.txt'))
    .replace(/^default_pool_size = .*$/m, `default_pool_size = ${serverConnections}`)
  writeFileSync(join(folder, 'userlist.txt'), `"${decodeURIComponent(direct.username)}" "${password}"\n`)
  writeFileSync(join(folder, 'pgbouncer.ini'), `${settings}\nunix_socket_dir =\n`)

  // It refuses to run as root.
  const child = spawn(PGBOUNCER, [join(folder, 'pgbouncer.ini')], {
    ...accountFor(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const pooled = new URL(url)
  pooled.port = String(port)
  pooled.pathname = '/brigade'
  pooled.password = password
  await answers(pooled.href, child, () => said)
  return {
    url: pooled.href,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; ; ) {
    try {
      return await (await openSession(url)).close()
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`PgBouncer does not answer: ${said()}`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
