import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { openDatabase } from '@/db/client'
import { listOverview } from '@/db/queries/overview'
import { listDays } from '@/db/queries/reports/days'
import { getFigures } from '@/db/queries/reports/figures'
import { getFoodCost } from '@/db/queries/reports/food-cost'
import { getHeatMap } from '@/db/queries/reports/heat-map'
import { listProductMix } from '@/db/queries/reports/product-mix'
import { listRestaurantFigures } from '@/db/queries/reports/restaurants'
import { listChannels, listStations } from '@/db/queries/reports/speed'
import { listWasteByCause } from '@/db/queries/reports/waste'
import { addDays, businessDate } from '@/domain/business-day'
import { comparedRanges } from '@/domain/report-range'
import { chainScope, restaurantScope } from '@/domain/scope'

const url = process.env.BENCH_URL as string
const only = new RegExp(process.argv[2] ?? '.')
const runs = Number(process.argv[3] ?? 20)
const explain = process.argv[4] === 'explain'
const seen: { text: string; args: readonly unknown[] }[] = []
let recording = false
const db = openDatabase(url, { max: 1, statementTimeoutMs: 600000, onStatement: (text: string, args: readonly unknown[]) => { if (recording) seen.push({ text, args }) } } as never)
if (process.env.PLAN) await db.execute(sql.raw(`set plan_cache_mode = ${process.env.PLAN}`))
const [me] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
const cpu = () => Number(readFileSync(`/proc/${me?.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
const restaurants: any[] = await db.execute(sql`select id, slug, name, time_zone as "timeZone", to_char(day_cutoff, 'HH24:MI') as "dayCutoff" from restaurants order by id`)
const person = { userId: null, role: 'admin', restaurants } as any
const chain = chainScope(person, 'reports:read') as any
const now = new Date()
const today = businessDate(now, 'UTC', '04:00')
const month = { from: addDays(today, -30), to: today }
const year = { from: addDays(today, -364), to: today }
const at = (run: number) => restaurantScope(person, restaurants[(run * 37) % restaurants.length].slug, 'reports:read') as any
const days = restaurants.map(({ id, timeZone, dayCutoff }) => ({ restaurantId: id, businessDate: businessDate(now, timeZone, dayCutoff) }))
const outliers = 'excluded' as const
const REPORTS: Record<string, any> = {
  figures: (scope: any, range: any) => getFigures(db, scope, { ranges: Object.values(comparedRanges(range, today)), outliers }),
  days: (scope: any, range: any) => listDays(db, scope, { range, outliers }),
  heatmap: (scope: any, range: any) => getHeatMap(db, scope, { range, outliers }),
  channels: (scope: any, range: any) => listChannels(db, scope, { range, outliers }),
  stations: (scope: any, range: any) => listStations(db, scope, { range, outliers }),
  mix: (scope: any, range: any) => listProductMix(db, scope, { range }),
  foodcost: (scope: any, range: any) => getFoodCost(db, scope, { range }),
  waste: (scope: any, range: any) => listWasteByCause(db, scope, { range }),
}
const all: Record<string, (run: number) => Promise<unknown>> = { overview: () => listOverview(db, chain, { now, days }) }
for (const [n, f] of Object.entries(REPORTS)) all[`month ${n}`] = (run) => f(at(run), month)
for (const [n, f] of Object.entries(REPORTS)) all[`year ${n}`] = () => f(chain, year)
all['year restaurants'] = () => listRestaurantFigures(db, chain, { range: year, outliers })
const sums: Record<string, number> = {}
for (const [name, work] of Object.entries(all)) {
  if (!only.test(name)) continue
  for (let i = 0; i < 8; i++) await work(i)
  const a = cpu(); let best = Infinity; let q = 0
  const samples: number[] = []
  for (let i = 0; i < runs; i++) {
    const b = cpu(); const s = db.gate.stats().queryMs
    await work(i)
    samples.push(cpu() - b); best = Math.min(best, db.gate.stats().queryMs - s); q = db.gate.stats().queryMs - s
  }
  samples.sort((x, y) => x - y)
  console.log(name.padEnd(22), 'cpu/run', ((cpu() - a) / runs).toFixed(2), 'median', samples[Math.floor(runs / 2)]!.toFixed(2), 'best wall', best.toFixed(2))
  const kind = name.split(' ')[0]!
  sums[kind] = (sums[kind] ?? 0) + (cpu() - a) / runs
  if (explain) {
    recording = true; seen.length = 0; await work(0); recording = false
    for (const { text, args } of seen) {
      let t = text
      const values = args.map((v) => v === null ? 'null' : Array.isArray(v) ? `'{${v.join(',')}}'` : typeof v === 'number' ? String(v) : typeof v === 'boolean' ? String(v) : `'${String(v).replace(/'/g, "''")}'`)
      const conn = t.replace(/\$(\d+)/g, (_, n) => values[Number(n) - 1]!)
      console.log('---SQL\n' + conn + '\n---')
      await db.execute(sql.raw(`prepare zz as ${t}`))
      const ex = values.length ? `(${values.join(',')})` : ''
      await db.execute(sql.raw('set plan_cache_mode = force_generic_plan'))
      const rows = await db.execute<any>(sql.raw(`explain (analyze, buffers) execute zz${ex}`))
      console.log(rows.map((r: any) => r['QUERY PLAN']).join('\n'))
      await db.execute(sql.raw('deallocate zz'))
      await db.execute(sql.raw(`set plan_cache_mode = ${process.env.PLAN ?? 'auto'}`))
    }
  }
}
console.log(sums)
await db.close()
