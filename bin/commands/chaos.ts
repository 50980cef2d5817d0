/** Breaks PostgreSQL and web processes under load in every way, and fails where a promise is broken: [--only NAME,…] [--kills 20] [--orders 2] [--readers 16] [--pool 4] [--write]. */
import { parseArgs } from 'node:util'
import { playChaos } from '../../bench/chaos/run'
import { SCENARIOS } from '../../bench/chaos/scenarios'
import { writeSection } from '../../bench/lib/report'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SCENARIOS.map(({ name }) => name).join(',') },
    kills: { type: 'string', default: '20' },
    orders: { type: 'string', default: '2' },
    readers: { type: 'string', default: '16' },
    pool: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
})
const names = values.only.split(',')
const unknown = names.find((name) => !SCENARIOS.some((scenario) => scenario.name === name))
const settings = {
  kills: Number(values.kills),
  ordersPerSecond: Number(values.orders),
  readers: Number(values.readers),
  poolMax: Number(values.pool),
}
if (unknown !== undefined || Object.values(settings).some((value) => !(value > 0))) {
  console.error(
    `Usage: npm run chaos -- [--only ${SCENARIOS.map(({ name }) => name).join(',')}] [--kills 20] [--orders 2] [--readers 16] [--pool 4] [--write]`,
  )
  process.exitCode = 1
} else {
  const chosen = SCENARIOS.filter(({ name }) => names.includes(name))
  const { text, broken } = await playChaos(chosen, settings)
  console.log(`\n${text}`)
  for (const sentence of broken) console.error(sentence)
  if (values.write) await writeSection('chaos', text)
  process.exitCode = broken.length > 0 ? 1 : 0
}
