import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from './places'
import type { Recorder } from './recorder'
import { sendPlain } from './send'

const BETWEEN_PAGES_MS = 2000

/** The main pages, of one restaurant where they are. */
export const MAIN_PAGES: readonly ((slug: string) => string)[] = [
  () => '/overview',
  () => '/menu',
  (slug) => `/menu?restaurant=${slug}`,
  (slug) => `/kitchen/${slug}`,
  () => '/orders',
  (slug) => `/orders/${slug}`,
  () => '/inventory/alerts',
  () => '/recipes',
  () => '/recipes?q=pasta',
  () => '/admin/people',
]

/** Those of the pages that the release behind an origin has: an older one may lack some. */
export async function pagesThere(
  pages: typeof MAIN_PAGES,
  places: readonly Place[],
  origin: string,
  cookie: string,
): Promise<typeof MAIN_PAGES> {
  const slug = places[0]?.slug ?? ''
  const statuses = await Promise.all(
    pages.map(async (page) => (await fetch(origin + page(slug), { headers: { cookie } })).status),
  )
  return pages.filter((_, index) => statuses[index] !== 404)
}

/** People who are signed in, and each of whom reads one page after the other, two seconds apart. */
export function readPages(
  recorder: Recorder,
  places: readonly Place[],
  origins: () => string,
  { cookie, count, pages }: { cookie: string; count: number; pages: typeof MAIN_PAGES },
) {
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal)
  const readers = Array.from({ length: count }, async (_, reader) => {
    const slug = places[reader % places.length]?.slug ?? ''
    await pause((BETWEEN_PAGES_MS * reader) / count)
    for (let turn = reader; !stopping.signal.aborted; turn++) {
      const page = pages[turn % pages.length]?.(slug) ?? '/'
      await sendPlain(recorder, 'page', origins() + page, { expect: 200, headers: { cookie } })
      await pause(BETWEEN_PAGES_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })
  return {
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(readers)
    },
  }
}
