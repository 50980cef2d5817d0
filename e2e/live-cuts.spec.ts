import { cutStreams } from '@/bench/live/cuts'
import { expect, test } from './fixtures'
import { withOwnDatabase } from './own-database'

test('fifty walls that are cut off again and again miss nothing and show nothing twice', async () => {
  test.setTimeout(180_000)
  await withOwnDatabase('brigade_e2e_cuts', async (url) => {
    const { screens, orders, verdict, returns } = await cutStreams(url, {
      clients: 60,
      servers: 2,
      listeners: 4,
    })
    expect(screens).toBe(50)
    expect(orders).toBeGreaterThan(0)
    expect(verdict.events).toBeGreaterThan(0)
    expect(verdict).toMatchObject({ missed: 0, twice: 0, wrong: 0 })
    expect(returns.server).toHaveLength(100)
    expect(returns.listener).toHaveLength(4)
  })
})
