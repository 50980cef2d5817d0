import { parseArgs } from 'node:util'
import { openSession } from '@/db/client'
import { runTruth, type TruthPlan, type TruthReport } from './cache-truth/run'
import { volumeDatabase, withCopy } from './lib/database'
import { circumstances, writeSection } from './lib/report'

const OPTIONS = {
  steps: { type: 'string', default: '10000' },
  cooks: { type: 'string', default: '16' },
  misses: { type: 'string', default: '1000' },
} as const

const AGREED_WITHIN_MS = 1000

function report(where: string, { cooks, misses }: TruthPlan, found: TruthReport): string {
  const { changes, looks, stale, agreedMs, queries, loads } = found
  return [
    `${where}; two web processes.`,
    '',
    `${cooks} cooks made ${changes.toLocaleString('en')} changes and looked ${looks.toLocaleString('en')} times, each time on one of the processes at random: **${stale.length} looks showed something older than what the same cook had saved**. Whoever asked ${agreedMs.toFixed(0)} ms after the last change was acknowledged, or later, saw all of them, whichever process answered.`,
    '',
    `A guest menu that is not kept costs one guest ${queries.alone} queries, and ${misses.toLocaleString('en')} guests at once ${queries.together}. ${misses.toLocaleString('en')} people who asked at once for figures that were not kept had them loaded ${loads === 1 ? 'once' : `${loads} times`}.`,
  ].join('\n')
}

function brokenIn({ stale, agreedMs, queries, loads }: TruthReport): string[] {
  return [
    ...stale.slice(0, 10),
    ...(agreedMs > AGREED_WITHIN_MS ? [`The processes agreed only after ${agreedMs.toFixed(0)} ms.`] : []),
    ...(queries.together > queries.alone ? ['A crowd of guests loaded a menu more than once.'] : []),
    ...(loads !== 1 ? [`The same figures were loaded ${loads} times.`] : []),
  ]
}

/** Looks for a look that shows something older than what the same person had saved, and writes down that there was none. */
export async function benchCacheTruth(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const plan = { steps: Number(values.steps), cooks: Number(values.cooks), misses: Number(values.misses) }
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const found = await runTruth(copy, plan)
    const session = await openSession(copy)
    const text = report(await circumstances(session), plan, found)
    await session.close()
    console.log(text)
    const broken = brokenIn(found)
    if (broken.length > 0) throw new Error(broken.join('\n'))
    await writeSection('cache-truth', text)
  })
}
