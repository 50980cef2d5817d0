/** Backs the database up into a new folder, see docs/operations.md: FOLDER. */
import { resolve } from 'node:path'
import { openSession } from '../../db/client'
import { clusterOf, copyCluster } from '../lib/backup-copy'
import { dump } from '../lib/backup-dump'
import { type Manifest, makeBackup } from '../lib/backup-folder'
import { clientProgram } from '../lib/pg-client'
import { stopSignal } from '../lib/run.mjs'
import { runMain } from '../lib/sentence.mjs'
import { withReachable } from '../lib/with-database'

const [name, ...more] = process.argv.slice(2)

if (!name || more.length > 0) {
  console.error('Usage: npm run db:backup -- FOLDER')
  process.exitCode = 1
} else {
  // npm runs scripts in the project's folder; people name files from where they are.
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), name)
  await withReachable((url) => runMain(() => backUp(url, folder)))
}

async function backUp(url: string, folder: string): Promise<undefined> {
  const stop = stopSignal()
  const { server, program, cluster } = await chooseWay(url)
  const madeAt = new Date().toISOString()
  const { kind, contents } = await makeBackup(folder, async (unfinished) => {
    const made = program
      ? await dump({ url, program, stop }, unfinished)
      : await copyCluster({ url, cluster, stop }, unfinished)
    return { format: 1, madeAt, ...server, ...made }
  })
  const what = kind === 'dump' ? 'by pg_dump' : "as a copy of the server's files"
  console.log(`${folder} holds ${server.database} of PostgreSQL ${server.server}, made ${what}.`)
  if (contents === null)
    console.log(
      'Something was written at every moment, so a restored copy can be checked by itself only, not against this database.',
    )
  return undefined
}

type Server = Pick<Manifest, 'server' | 'major' | 'database'>

/** The server's own pg_dump, or else where its files are. */
async function chooseWay(url: string) {
  const session = await openSession(url, { applicationName: 'brigade-backup' })
  try {
    const [server] = await session.query<Server>(
      `select current_setting('server_version') as server, current_database() as database,
         current_setting('server_version_num')::int / 10000 as major`,
    )
    if (!server) throw new Error('The server did not say what it is.')
    const program = await clientProgram('pg_dump', server.major)
    return { server, program, cluster: program ? '' : await clusterOf(session, server.major) }
  } finally {
    await session.close()
  }
}
