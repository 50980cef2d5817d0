import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '@/bin/lib/free-port.mjs'
import { dataDir, root } from '../../bin/lib/paths.mjs'
import { linkPackages } from '../lib/built-release'

/** What pages are compared with: servers that do nothing but send as many bytes. */
export type BareServer = { origin: string; stop(): Promise<void> }

const execute = promisify(execFile)

async function start(script: string, processes: number, folder: string): Promise<BareServer> {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [join(root, 'bench/pages', script), `${port}`, `${processes}`, folder],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  await ready(child)
  return {
    origin: `http://localhost:${port}`,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`The bare server ended with code ${code}.`)))
  })
}

/** Node's own HTTP server, which sends the bodies at `/0`, `/1` and so on. */
export async function bareNode(processes: number, bodies: readonly Uint8Array[]): Promise<BareServer> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-bare-'))
  await Promise.all(bodies.map((body, index) => writeFile(join(folder, `${index}`), body)))
  const server = await start('bare-node.mjs', processes, folder)
  return {
    ...server,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** A static page that is as long as its address says, give or take what Next puts around it. */
const PAGE = `
export const dynamic = 'force-static'
export const generateStaticParams = () => []
export default async function Page({ params }) {
  return <p>{'x'.repeat(Number((await params).length))}</p>
}
`
const LAYOUT = `
export default ({ children }) => <html lang="en"><body>{children}</body></html>
`

/**
 * A Next app of one static page and nothing else. `pathOf` says where a page of so many bytes is, within a few: Next sends
 * a page's text twice, so that is found by asking.
 */
export async function bareNext(
  processes: number,
): Promise<BareServer & { pathOf(bytes: number): Promise<string> }> {
  const folder = await builtBareApp()
  const server = await start('bare-next.mjs', processes, folder)
  const lengthOf = async (path: string) =>
    (await (await fetch(server.origin + path)).arrayBuffer()).byteLength
  return {
    ...server,
    async pathOf(bytes) {
      const [one, thousand] = [await lengthOf('/1'), await lengthOf('/1001')]
      const times = (thousand - one) / 1000
      return `/${Math.max(1, Math.round(1 + (bytes - one) / times))}`
    },
  }
}

async function builtBareApp(): Promise<string> {
  const folder = join(dataDir, 'bare-next')
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'app/[length]'), { recursive: true })
  await writeFile(join(folder, 'app/layout.jsx'), LAYOUT)
  await writeFile(join(folder, 'app/[length]/page.jsx'), PAGE)
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  await writeFile(
    join(folder, 'next.config.mjs'),
    `export default { turbopack: { root: ${JSON.stringify(folder)} }, agentRules: false }`,
  )
  await linkPackages(folder)
  await execute(process.execPath, [join(folder, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  return folder
}
