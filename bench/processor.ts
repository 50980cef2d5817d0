import autocannon from 'autocannon'
import { openSession } from '@/db/client'
import { volumeDatabase } from './lib/database'
import { spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { serve, signInAsAdmin } from './lib/server'
import { usageOf } from './lib/usage'

const ROUNDS = 2
const CONNECTIONS = 10
const REQUESTS = 500
const WARM_REQUESTS = 200
/** Settings that are compared when none are named. */
const USUAL = ['--max-semi-space-size=32', '--max-semi-space-size=64']
const AS_IT_COMES = 'as it comes'
type Cost = ReturnType<typeof usageOf>

/** What each page costs a web process that was started with this setting of Node's. */
async function costsWith(databaseUrl: string, setting: string, pages: readonly string[]) {
  const nodeArgs = setting === AS_IT_COMES ? [] : setting.split(' ')
  const server = await serve(databaseUrl, 1, CONNECTIONS, { nodeArgs })
  try {
    const headers = { cookie: await signInAsAdmin(server.origin) }
    const ask = (page: string, amount: number) =>
      autocannon({ url: server.origin + page, connections: CONNECTIONS, amount, headers, timeout: 30 })
    for (const page of pages) await ask(page, WARM_REQUESTS)
    const costs = new Map<string, Cost>()
    for (const page of pages) {
      const before = usageOf(server.pid)
      const { non2xx, errors } = await ask(page, REQUESTS)
      if (non2xx + errors > 0) throw new Error(`${page} failed ${non2xx + errors} times.`)
      const after = usageOf(server.pid)
      const seconds = ((after.seconds - before.seconds) * 1000) / REQUESTS
      costs.set(page, { seconds, mebibytes: after.mebibytes })
    }
    return costs
  } finally {
    await server.stop()
  }
}

/**
 * Prints the processor seconds that a thousand requests of each page cost with some settings of Node's, taken by turns in
 * one run: the load generator and the database are not in them. `settings` are arguments of `node`.
 */
export async function benchProcessor(databaseUrl: string, settings: readonly string[]): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  const session = await openSession(url)
  const [row] = await session.query<{ slug: string }>(
    'select slug from restaurants where is_active order by id limit 1',
  )
  const pages = ['/about', '/menu', `/kitchen/${row?.slug}`, '/recipes', '/inventory/alerts']
  const variants = [AS_IT_COMES, ...(settings.length > 0 ? settings : USUAL)]
  const runs = new Map<string, Map<string, Cost>[]>(variants.map((variant) => [variant, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const variant of variants) runs.get(variant)?.push(await costsWith(url, variant, pages))
  }
  const least = (variant: string, page: string) =>
    Math.min(...(runs.get(variant) ?? []).map((costs) => costs.get(page)?.seconds ?? Number.NaN))
  const rows = variants.map((variant) => {
    const memory = (runs.get(variant) ?? []).flatMap((costs) =>
      [...costs.values()].map((cost) => cost.mebibytes),
    )
    return [
      variant,
      ...pages.map((page) => {
        const share = least(variant, page) / least(AS_IT_COMES, page)
        return `${least(variant, page).toFixed(2)} (${share.toFixed(2)})`
      }),
      spreadOf(memory).max.toFixed(0),
    ]
  })
  const text = [
    `${await circumstances(session)}; one web process, ${CONNECTIONS} connections, processor seconds for 1,000 requests, the least of ${ROUNDS} rounds by turns (in brackets: of what it is without the setting), volume set at scale 1.`,
    '',
    markdownTable(['Node', ...pages, 'memory, MiB at most'], rows),
  ].join('\n')
  await session.close()
  console.log(text)
  await writeSection('processor', text)
}
