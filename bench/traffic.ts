import { parseArgs } from 'node:util'
import { volumeDatabase, withCopy } from './lib/database'
import { serve } from './lib/server'
import { startTraffic } from './migrate/traffic'
import { trafficTable } from './migrate/traffic/table'

const OPTIONS = {
  seconds: { type: 'string', default: '30' },
  orders: { type: 'string', default: '20' },
  screens: { type: 'string', default: '40' },
  readers: { type: 'string', default: '10' },
} as const

/** Runs the traffic that migrations are measured under, with nothing beside it, on a copy of the volume set; prints what came of it. */
export async function benchTraffic(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const server = await serve(copy, 2, 10)
    try {
      const traffic = await startTraffic({
        databaseUrl: copy,
        origins: [server.origin],
        ordersPerSecond: Number(values.orders),
        screens: Number(values.screens),
        readers: Number(values.readers),
      })
      await new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1000))
      const { samples, orders, walls } = await traffic.stop()
      console.log(trafficTable(samples))
      console.log(
        `\n${orders.placed} orders placed: ${orders.lost} lost, ${orders.doubled} double, ${orders.refused} refused. ` +
          `${walls.events} events for the screens: ${walls.missed} missed, ${walls.twice} shown twice.`,
      )
    } finally {
      await server.stop()
    }
  })
}
