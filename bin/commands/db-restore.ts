/** Restores a backup into an empty database or a new folder, and checks it: FOLDER TARGET. */
import { resolve } from 'node:path'
import { openSession } from '../../db/client'
import { restoreDump } from '../lib/backup-dump'
import { type Manifest, readManifest } from '../lib/backup-folder'
import { checkRestored } from '../lib/check-restored'
import { connectionProblem } from '../lib/connection'
import { restoreCopy } from '../lib/restore-copy'
import { stopSignal } from '../lib/run.mjs'
import { runMain, Sentence } from '../lib/sentence.mjs'

const USAGE = `Usage: npm run db:restore -- FOLDER TARGET
TARGET is the address of an empty database (postgresql://...) for a backup made by pg_dump, and a new folder for a copy of
the embedded server's files.`

const [name, target, ...more] = process.argv.slice(2)
const stop = stopSignal()
const from = (path: string) => resolve(process.env.INIT_CWD ?? process.cwd(), path)

if (!name || !target || more.length > 0) {
  console.error(USAGE)
  process.exitCode = 1
} else await runMain(() => restore(from(name), target))

async function restore(folder: string, into: string): Promise<number> {
  const manifest = await readManifest(folder)
  const isAddress = /^postgres(ql)?:\/\//.test(into)
  if (manifest.kind === 'dump' && !isAddress)
    throw new Sentence(
      `${folder} was made by pg_dump: name the address of an empty database to restore it into.`,
    )
  if (manifest.kind === 'copy' && isAddress)
    throw new Sentence(`${folder} is a copy of a server's files: name a new folder to restore it into.`)
  return isAddress ? intoDatabase(manifest, folder, into) : intoFolder(manifest, folder, from(into))
}

async function intoDatabase(manifest: Manifest, folder: string, url: string): Promise<number> {
  try {
    await (await openSession(url, { connectTimeoutSeconds: 5 })).close()
  } catch (error) {
    throw new Sentence(connectionProblem(error, url).replaceAll('DATABASE_URL', 'the address'))
  }
  await restoreDump(manifest, folder, { url, stop })
  return report(manifest, url)
}

async function intoFolder(manifest: Manifest, folder: string, dataDir: string): Promise<number> {
  const embedded = await restoreCopy(manifest, folder, { dataDir, stop })
  try {
    const code = await report(manifest, embedded.url)
    if (code === 0) console.log(`BRIGADE_DATA=${dataDir} npm start serves it.`)
    return code
  } finally {
    await embedded.close()
  }
}

async function report(manifest: Manifest, url: string): Promise<number> {
  const { problems, tables, rows } = await checkRestored(url, manifest)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) return 1
  const against = manifest.contents
    ? `row for row as it was at ${manifest.madeAt}`
    : 'consistent in itself; there was nothing to compare it with'
  console.log(
    `Restored and checked: ${rows.toLocaleString('en-GB')} rows in ${tables} tables, ${against}; all constraints are valid, and all stock is the sum of its movements.`,
  )
  return 0
}
