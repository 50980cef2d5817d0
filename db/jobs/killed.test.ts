import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/database'
import { addOldKitchen, leftOf, workUntilKilled, wrongDays, wrongSums } from '../testing/killed-jobs'
import { addChain } from '../testing/kitchen'

/** `npm run test:full` kills a hundred times. */
const KILLS = process.env.BRIGADE_FULL ? 100 : 8

const database = testDatabase()

beforeAll(() => addChain(database.db))

test('closing days and purging, killed at random points and begun again, loses no figure and takes no young order', async () => {
  let kills = 0
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % below
  }
  while (kills < KILLS) {
    const kitchen = await addOldKitchen(database.db)
    for (let isDone = false; !isDone; ) {
      const [statement, afterMs] = [1 + random(60), random(3) * random(4)]
      isDone = !(await workUntilKilled(database.url, statement, afterMs))
      if (!isDone) kills++
      expect(await wrongDays(database.db, kitchen), `killed at statement ${statement}`).toEqual([])
      expect(await wrongSums(database.db), `killed at statement ${statement}`).toEqual([])
    }
    // 365 days old is kept, 366 is not.
    expect(await leftOf(database.db, kitchen)).toEqual({ dates: 3, figures: 6 })
  }
})
