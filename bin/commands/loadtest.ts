/** Measures how many people at once a server of its own stands: [--users 100,300,1000] [--seconds 60] [--workers 2] [--write]. */
import { parseArgs } from 'node:util'
import { volumeDatabase, withCopy } from '../../bench/lib/database'
import { circumstances, writeSection } from '../../bench/lib/report'
import { brokenPromises } from '../../bench/load/promises'
import { loadReport } from '../../bench/load/report'
import { type LoadPlan, runLoad } from '../../bench/load/run'
import { openSession } from '../../db/client'
import { withReachable } from '../lib/with-database'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100,300,1000' },
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '2' },
    pool: { type: 'string', default: '10' },
    pause: { type: 'string', default: '1000' },
    mise: { type: 'string', default: 'on,off' },
    write: { type: 'boolean', default: false },
  },
})
const isMise = (word: string) => word === 'on' || word === 'off'
const plan: LoadPlan = {
  users: values.users.split(',').map(Number),
  seconds: Number(values.seconds),
  processes: Number(values.workers),
  poolMax: Number(values.pool),
  pauseMs: Number(values.pause),
  mise: values.mise.split(',').filter(isMise),
}
const counts = [...plan.users, plan.seconds, plan.processes, plan.poolMax]
if (counts.some((count) => !(count > 0)) || !(plan.pauseMs >= 0) || plan.mise.length === 0) {
  console.error(
    'Usage: npm run loadtest -- [--users 100,300,1000] [--seconds 60] [--workers 2] [--pool 10] [--pause MS] [--mise on,off] [--write]',
  )
  process.exitCode = 1
} else {
  await withReachable(async (url) => {
    const volume = await volumeDatabase(url, 1)
    await withCopy(volume, async (copy) => {
      const steps = await runLoad(copy, plan)
      const session = await openSession(copy)
      const text = loadReport(await circumstances(session), plan, steps)
      await session.close()
      console.log(text)
      for (const example of steps.flatMap((step) => step.examples)) console.error(example)
      const broken = brokenPromises(steps)
      for (const sentence of broken) console.error(sentence)
      if (values.write) await writeSection(plan.pauseMs > 0 ? 'loadtest' : 'loadtest-without-pause', text)
      if (broken.length > 0) process.exitCode = 1
    })
  })
}
