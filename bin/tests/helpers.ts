import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import { openSession } from '../../db/client'
import { openEmbedded } from '../lib/embedded.mjs'
import { root } from '../lib/paths.mjs'
import { runningServer } from '../lib/postmaster.mjs'

const folders: string[] = []
const children: ChildProcess[] = []

/** A new data folder that the test may fill; whatever server runs in it is stopped after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'brigade-bin-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  for (const folder of folders.splice(0)) {
    const dataDir = join(folder, 'data')
    if (runningServer(join(dataDir, 'postgres'))) await (await openEmbedded({ dataDir })).close()
    rmSync(folder, { recursive: true, force: true })
  }
})

export type Holder = { pid: number; port: number; url: string; started: boolean; child: ChildProcess }

/** Begins another Node process that opens the embedded server and holds it. */
export function spawnHolder(dataDir: string) {
  const script = fileURLToPath(new URL('./hold-server.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

/** Another Node process that holds the embedded server open, until it is killed or asked to close. */
export async function startHolder(dataDir: string): Promise<Holder> {
  const child = spawnHolder(dataDir)
  for await (const line of createInterface({ input: child.stdout })) return { ...JSON.parse(line), child }
  throw new Error('The process that holds the server ended before it had one.')
}

/** Asks a holder to close its server and waits until it has ended. */
export async function closeHolder({ child }: Holder): Promise<void> {
  child.stdin?.end()
  if (child.exitCode === null) await once(child, 'exit')
}

/** `kill -9`. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** The first column of the first row. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const session = await openSession(url)
  try {
    const [row] = await session.query<Record<string, unknown>>(statement)
    return row && Object.values(row)[0]
  } finally {
    await session.close()
  }
}

export type Outcome = { code: number | null; output: string }

/** Runs one of the entry points to its end. */
export async function runEntry(args: string[], env: Record<string, string>): Promise<Outcome> {
  const { BRIGADE_DEBUG, DATABASE_URL, ...others } = process.env
  const child = spawn(process.execPath, args, { cwd: root, env: { ...others, ...env } })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code] = await once(child, 'close')
  return { code, output }
}
