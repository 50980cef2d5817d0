import { runTruth } from '@/bench/cache-truth/run'
import { expect, test } from './fixtures'
import { withOwnDatabase } from './own-database'

test('whoever changes dishes on two processes reads nothing older than what they saved, and a crowd loads what it misses once', async () => {
  test.setTimeout(180_000)
  await withOwnDatabase('brigade_e2e_truth', async (url) => {
    const found = await runTruth(url, { steps: 300, cooks: 6, misses: 60 })
    expect(found.changes + found.looks).toBe(300)
    expect(found.stale).toEqual([])
    expect(found.agreedMs).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(found.queries.alone).toBeGreaterThan(0)
    expect(found.queries.together).toBe(found.queries.alone)
    expect(found.loads).toBe(1)
  })
})
