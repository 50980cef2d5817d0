import { markdownTable } from '../lib/report'
import type { TrafficReport } from '../migrate/traffic'
import { type Load, requestsByLabel } from './stage'
import type { Played } from './verdict'

const HEAD = [
  'what happens',
  'requests',
  'refused (503)',
  'failed otherwise',
  'slowest s',
  'first success ms',
  'walls red s',
  'walls right ms',
  '/healthz p99 / max ms',
  'a bare server max ms',
  'event loop late ms',
]

/** A row for each scenario, and what became of orders and walls over all of them. */
export function chaosReport(
  where: string,
  load: Load,
  played: readonly Played[],
  traffic: TrafficReport,
): string {
  const requests = requestsByLabel(traffic.samples)
  const rows = played.map(({ scenario, found, health, lateMs }) => {
    const mine = requests.get(scenario.name) ?? []
    const failed = mine.flatMap(({ failure }) => (failure === null ? [] : [failure]))
    const refused = failed.filter((failure) => failure.startsWith('503')).length
    const most = (values: (number | null)[] | undefined) =>
      values === undefined || values.length === 0 ? '' : ms(worst(values))
    return [
      found.note ? `${scenario.title} (${found.note})` : scenario.title,
      String(mine.length),
      String(refused),
      String(failed.length - refused),
      (Math.max(0, ...mine.map((sample) => sample.ms)) / 1000).toFixed(1),
      most(found.recoveries?.map(({ firstSuccessMs }) => firstSuccessMs)),
      found.redMs === undefined ? '' : `${((found.redMs ?? Number.NaN) / 1000).toFixed(1)}`,
      most(found.recoveries?.map(({ rightMs }) => rightMs)),
      `${health.p99.toFixed(0)} / ${health.max.toFixed(0)}`,
      health.bareMax.toFixed(0),
      lateMs.toFixed(0),
    ]
  })
  const { orders, walls } = traffic
  return [
    `${where}; two web processes with ${load.poolMax} connections each, under ${load.ordersPerSecond} orders a second that are cooked, 10 walls and ${load.readers} people who read pages.`,
    '',
    markdownTable(HEAD, rows),
    '',
    `${orders.placed.toLocaleString('en')} orders acknowledged: **${orders.lost} lost, ${orders.doubled} doubled**. ${walls.events.toLocaleString('en')} events for the walls: ${walls.missed} missed, ${walls.twice} shown twice.`,
  ].join('\n')
}

const worst = (values: readonly (number | null)[]) =>
  values.includes(null) ? Number.NaN : Math.max(...values.map(Number))
const ms = (value: number) => (Number.isNaN(value) ? 'never' : value.toFixed(0))
