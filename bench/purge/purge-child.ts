// Purges as housekeeping does and prints what each batch took: DATABASE_URL.
import { openDatabase } from '../../db/client'
import { DAYS_KEPT } from '../../db/jobs/housekeeping/keep-house'
import { purgeOrders } from '../../db/jobs/purge'
import { systemScope } from '../../domain/scope'

const db = openDatabase(process.argv[2] ?? '', {
  max: 1,
  applicationName: 'brigade-jobs',
  statementTimeoutMs: 10 * 60 * 1000,
})
const milliseconds: number[] = []
const purged = await purgeOrders(db, systemScope(), {
  olderThanDays: DAYS_KEPT,
  onBatch({ milliseconds: took, done, expected }) {
    milliseconds.push(took)
    if (milliseconds.length % 200 === 0) console.error(`${done} of ${expected} orders`)
  },
})
await db.close()
console.log(JSON.stringify({ milliseconds, orders: purged.reduce((sum, { orders }) => sum + orders, 0) }))
