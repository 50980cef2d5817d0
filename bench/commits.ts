import { v7 as uuidv7 } from 'uuid'
import { type Database, openDatabase, openSession } from '@/db/client'
import { placeOrder } from '@/db/mutations/order-placement'
import { volumeDatabase, withCopy } from './lib/database'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { type Kitchen, openKitchens, orderOf } from './live/kitchens'

const RESTAURANTS = 16
const WARM_UP = 200
const SECONDS = 8
/** Microseconds, as PostgreSQL counts the time that it lets a commit wait before it goes to the disk. */
const SLOW_DISK = 10_000

/**
 * How many orders a second are placed by one restaurant, and by sixteen at once: with the disk as it is, and with one on
 * which each write of the log takes ten milliseconds longer. What they reach together says whether restaurants wait for
 * each other's commits.
 */
export async function benchCommits(databaseUrl: string, args: readonly string[]): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const session = await openSession(copy)
    try {
      const rows = []
      for (const delay of [0, SLOW_DISK]) {
        await delayCommits(session.query, copy, delay)
        rows.push([
          delay === 0 ? 'the disk as it is' : `each write of the log ${delay / 1000} ms slower`,
          ...(await rates(copy)),
        ])
      }
      const text = [
        `${await circumstances(session)}; orders a second, over ${SECONDS} s each.`,
        '',
        markdownTable(['', 'one restaurant', `${RESTAURANTS} at once`, 'times'], rows),
      ].join('\n')
      console.log(text)
      if (!args.includes('--no-write')) await writeSection('commits', text)
    } finally {
      await session.close()
    }
  })
}

/** For connections from now on. Without it the server lets a commit wait only while others are about to commit. */
async function delayCommits(
  query: (text: string) => Promise<unknown>,
  url: string,
  microseconds: number,
): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await query(`alter database ${name} set commit_delay = ${microseconds}`)
  await query(`alter database ${name} set commit_siblings = 0`)
}

async function rates(url: string): Promise<string[]> {
  const db = openDatabase(url, { max: RESTAURANTS })
  const kitchens = await openKitchens(db, RESTAURANTS)
  const place = orders(db)
  for (let number = 0; number < WARM_UP; number++) await place(kitchens[number % RESTAURANTS])
  const alone = await perSecond(kitchens.slice(0, 1), place)
  const together = await perSecond(kitchens, place)
  await db.close()
  return [alone.toFixed(0), together.toFixed(0), (together / alone).toFixed(1)]
}

function orders(db: Database) {
  let number = 0
  return async (kitchen: Kitchen | undefined): Promise<void> => {
    if (!kitchen) throw new Error(`The chain has fewer than ${RESTAURANTS} restaurants.`)
    const { scope } = kitchen
    const answer = await placeOrder(db, scope, orderOf(kitchen, number++), { idempotencyKey: uuidv7() })
    if (!answer.ok) throw new Error(`An order was refused: ${answer.reason}.`)
  }
}

/** Each restaurant places one order after the other. */
async function perSecond(
  kitchens: readonly Kitchen[],
  place: (kitchen: Kitchen) => Promise<void>,
): Promise<number> {
  const from = performance.now()
  let placed = 0
  await Promise.all(
    kitchens.map(async (kitchen) => {
      while (performance.now() - from < SECONDS * 1000) {
        await place(kitchen)
        placed++
      }
    }),
  )
  return (placed / (performance.now() - from)) * 1000
}
