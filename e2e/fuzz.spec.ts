import { openSession } from '@/db/client'
import { fuzzApi } from '../bench/fuzz/run'
import { e2eDatabaseUrl, makeApiKey } from './database'
import { expect, test } from './fixtures'

/** The same in every run; `npm run fuzz` sends a hundred thousand, from another seed each time. */
const RUN = { count: 5_000, seed: 20_260_101 }

test('five thousand generated bad requests are all refused, say nothing of the code and store nothing', async ({
  baseURL,
}) => {
  test.setTimeout(240_000)
  const session = await openSession(e2eDatabaseUrl())
  try {
    const key = await makeApiKey('tokyo', 'fuzz')
    const report = await fuzzApi({ origin: baseURL ?? '', key, session }, RUN)
    expect(report.wrong).toEqual([])
    expect(report.rowsAfter).toBe(report.rowsBefore)
    expect(Object.values(report.statuses).reduce((sum, n) => sum + n, 0)).toBe(RUN.count)
  } finally {
    await session.close()
  }
})
