import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { dataDir } from '@/bin/lib/paths.mjs'
import { run } from '@/bin/lib/run.mjs'
import { openSession } from '@/db/client'
import { newestCommit, unpackRelease } from './lib/built-release'
import { volumeDatabase } from './lib/database'
import { circumstances, markdownTable, median, writeSection } from './lib/report'
import { type BenchServer, newSecret, serve, signInAsAdmin } from './lib/server'
import { usageOf } from './lib/usage'

const DOCUMENT = 'docs/decisions/003-serving.md'
const ROUNDS = 3
const ROUND_SECONDS = 8
const CONNECTIONS = 10
const PAGES = ['/about', '/inventory/alerts']
const KEPT = /\(app\)\/(about|inventory\/alerts)\/page\.tsx$|sign-in\/page\.tsx$/

/**
 * What a signed-in page needs to be prerendered in part: all that the request decides, and that is the whole page, stands
 * below a boundary. The office's own layout is rendered inside of it.
 */
const DOCUMENT_LAYOUT = `import { type ReactNode, Suspense } from 'react'
import '../globals.css'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Suspense fallback={<main>Brigade</main>}>{children}</Suspense>
      </body>
    </html>
  )
}
`
const OFFICE_LAYOUT = `import { type ReactNode, Suspense } from 'react'
import Office from './office'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<main>Brigade</main>}>
      <Office>{children}</Office>
    </Suspense>
  )
}
`

/** Brigade as it was committed last with two of its pages and the way in, built with or without `cacheComponents`. */
async function built(commit: string, isPartial: boolean): Promise<string> {
  const folder = join(dataDir, 'prerendering', `${commit.slice(0, 12)}-${isPartial ? 'partial' : 'plain'}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  await unpackRelease(commit, making)
  await keepPages(join(making, 'app'))
  // It stands on the document's layout as it was.
  await rm(join(making, 'app/global-not-found.tsx'))
  const config = await readFile(join(making, 'next.config.ts'), 'utf8')
  const changed = config
    .replace('globalNotFound: true', 'globalNotFound: false')
    .replace('cacheComponents: false', `cacheComponents: ${isPartial}`)
  await writeFile(join(making, 'next.config.ts'), changed)
  if (isPartial) {
    const staff = join(making, 'app/(staff)')
    await writeFile(join(staff, 'layout.tsx'), DOCUMENT_LAYOUT)
    await rename(join(staff, '(app)/layout.tsx'), join(staff, '(app)/office.tsx'))
    await writeFile(join(staff, '(app)/layout.tsx'), OFFICE_LAYOUT)
  }
  // Pages are begun while it builds, up to where they need a request: no database is asked, but one has to be named.
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    AUTH_SECRET: newSecret(),
  }
  const next = join(making, 'node_modules/next/dist/bin/next')
  const { code } = await run(process.execPath, [next, 'build'], {
    cwd: making,
    env,
    stdio: 'inherit',
  })
  if (code !== 0) throw new Error(`${making} could not be built: the message above says why.`)
  await rename(making, folder)
  return folder
}

async function keepPages(app: string): Promise<void> {
  const files = await readdir(app, { recursive: true })
  const others = files.filter((file) => /(^|\/)(page|route)\.tsx?$/.test(file) && !KEPT.test(file))
  await Promise.all(others.map((file) => rm(join(app, file))))
}

type Round = { rate: number; seconds: number }

async function ask(server: BenchServer, page: string, cookie: string): Promise<Round> {
  const before = usageOf(server.pid).seconds
  const { requests, non2xx, errors } = await autocannon({
    url: server.origin + page,
    connections: CONNECTIONS,
    duration: ROUND_SECONDS,
    headers: { cookie },
  })
  if (non2xx + errors > 0) throw new Error(`${page} failed ${non2xx + errors} times.`)
  const seconds = ((usageOf(server.pid).seconds - before) * 1000) / requests.total
  return { rate: requests.average, seconds }
}

/** Prints what partial prerendering makes of signed-in pages beside plain rendering, by turns, and writes it into its decision. */
export async function benchPrerendering(databaseUrl: string): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const commit = await newestCommit()
  const secret = newSecret()
  const servers: BenchServer[] = []
  try {
    for (const isPartial of [false, true]) {
      const folder = await built(commit, isPartial)
      servers.push(await serve(url, 1, CONNECTIONS, { folder, secret }))
    }
    const [plain, partial] = servers as [BenchServer, BenchServer]
    const cookie = await signInAsAdmin(plain.origin)
    const rows: string[][] = []
    for (const page of PAGES) {
      const rounds: { plain: Round; partial: Round }[] = []
      await Promise.all([ask(plain, page, cookie), ask(partial, page, cookie)])
      for (let round = 0; round < ROUNDS; round++)
        rounds.push({ plain: await ask(plain, page, cookie), partial: await ask(partial, page, cookie) })
      const of = (variant: 'plain' | 'partial', figure: keyof Round) =>
        median(rounds.map((each) => each[variant][figure]))
      rows.push([
        page,
        of('plain', 'rate').toFixed(0),
        of('partial', 'rate').toFixed(0),
        (of('partial', 'rate') / of('plain', 'rate')).toFixed(2),
        of('plain', 'seconds').toFixed(1),
        of('partial', 'seconds').toFixed(1),
      ])
    }
    const session = await openSession(url)
    const head = [
      'page',
      'plain, requests/s',
      'partial, requests/s',
      'partial / plain',
      'plain, CPU s',
      'partial, CPU s',
    ]
    const text = [
      `${await circumstances(session)}; one web process each, ${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${ROUND_SECONDS} s by turns; CPU seconds for 1,000 requests.`,
      '',
      markdownTable(head, rows),
    ].join('\n')
    await session.close()
    console.log(text)
    await writeSection('prerendering', text, DOCUMENT)
  } finally {
    for (const server of servers) await server.stop()
  }
}
