import { openSession } from '@/db/client'
import { volumeDatabase, withCopy } from './lib/database'
import { spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { type CutPlan, type CutReport, cutStreams } from './live/cuts'

const PLAN: CutPlan = { clients: 600, servers: 8, listeners: 80 }

function report({ screens, cuts, orders, verdict, returns }: CutReport, listeners: number): string {
  const row = (what: string, times: number, waits: number[]) => {
    const { median, p99, max } = spreadOf(waits)
    return [what, String(times), ...[median, p99, max].map((ms) => ms.toFixed(0))]
  }
  return [
    `${screens} screens on 5 restaurants, ${orders} orders placed meanwhile at 20 a second, each bumped once; ${cuts} streams cut.`,
    '',
    `Of ${verdict.events} events that the screens had to show, **${verdict.missed} were missed and ${verdict.twice} shown twice**; ${verdict.wrong} screens differed from the table in the end.`,
    '',
    markdownTable(
      ['until a screen knows everything again', 'times', 'median ms', 'p99 ms', 'max ms'],
      [
        row('its own connection broke', PLAN.clients, returns.client),
        row('the web process was killed: after the new one answers', PLAN.servers, returns.server),
        row('PostgreSQL ended the notifying connection', listeners, returns.listener),
      ],
    ),
  ].join('\n')
}

/** Cuts streams a thousand times on a copy of the volume set, prints what became of them, and writes it down. */
export async function benchLiveCuts(databaseUrl: string): Promise<void> {
  const url = await volumeDatabase(databaseUrl, 1)
  await withCopy(url, async (copy) => {
    const result = await cutStreams(copy, PLAN)
    const session = await openSession(copy)
    const text = [`${await circumstances(session)}.`, '', report(result, PLAN.listeners)].join('\n')
    await session.close()
    console.log(text)
    await writeSection('live-cuts', text)
  })
}
