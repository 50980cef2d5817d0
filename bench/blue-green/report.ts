import { openSession } from '@/db/client'
import { spreadOf } from '../lib/meter'
import { circumstances, markdownTable, writeSection } from '../lib/report'
import type { Sample } from '../migrate/traffic/recorder'
import { BEFORE, type Settings, type StepOutcome } from './step'

const DOCUMENT = 'docs/migrations/rename.md'
/** What somebody waits for; a screen's events are compared with the log instead. */
const REQUESTS: readonly string[] = ['order', 'press', 'page', 'edit'] satisfies Sample['kind'][]

/** Prints what came of each step, and writes it down if told. */
export async function reportSteps(
  steps: readonly StepOutcome[],
  settings: Settings,
  { scale, write }: { scale: string; write: boolean },
): Promise<void> {
  const session = await openSession(settings.databaseUrl)
  const where = await circumstances(session)
  await session.close()
  const text = [
    `${where}. The volume set at scale ${scale}; ${settings.ordersPerSecond} orders a second, ${settings.screens} screens on each side, ${settings.readers} readers, ${settings.editors} cooks who retitle recipes; ${settings.seconds} s a phase, one web process a server.`,
    table(steps),
    verdict(steps),
  ].join('\n\n')
  console.log(text)
  for (const line of failureLines(steps)) console.error(line)
  if (write) await writeSection('blue-green', text, DOCUMENT)
}

/** Each way to fail once, with how often. */
function failureLines(steps: readonly StepOutcome[]): string[] {
  const times = new Map<string, number>()
  for (const step of steps)
    for (const { kind, label, failure } of failuresOf(step)) {
      const line = `${step.to}, ${label}: ${kind} ${failure}`
      times.set(line, (times.get(line) ?? 0) + 1)
    }
  return [...times].map(([line, count]) => `${count} × ${line}`)
}

const HEAD = [
  'from, to',
  ...['files', 'migrated s', 'old one starts on it', 'taken back'],
  ...['requests', 'failed', 'orders', 'lost', 'double', 'screen events', 'missed'],
  ...['edits', 'lost', 'name ≠ title', 'p99 before ms', 'p99 after ms'],
]

function table(steps: readonly StepOutcome[]): string {
  return markdownTable(HEAD, steps.map(row))
}

function row(step: StepOutcome): string[] {
  const requests = requestsOf(step)
  const sum = (figure: (report: StepOutcome['reports'][number]) => number) =>
    step.reports.reduce((total, report) => total + figure(report), 0)
  return [
    `${step.from}, ${step.to}`,
    String(step.files),
    (step.forwardMs / 1000).toFixed(1),
    step.beforeMayStart ? 'yes' : 'no',
    step.isTakenBack ? 'yes' : 'no',
    String(requests.length),
    String(failuresOf(step).length),
    String(sum(({ orders }) => orders.placed)),
    String(sum(({ orders }) => orders.lost)),
    String(sum(({ orders }) => orders.doubled)),
    String(sum(({ walls }) => walls.events)),
    String(sum(({ walls }) => walls.missed)),
    String(step.edits.saved),
    String(step.edits.lost),
    step.titles.looks === 0 ? '-' : String(step.titles.differing + step.titles.missing),
    p99(requests.filter(({ label }) => label === BEFORE)),
    p99(requests.filter(({ label }) => label !== BEFORE && label !== WARM)),
  ]
}

const WARM = 'warming up'

const p99 = (samples: readonly Sample[]): string => spreadOf(samples.map(({ ms }) => ms)).p99.toFixed(0)

/** One step in one line, for whoever waits for the rest. */
export function describeStep(step: StepOutcome): string {
  const [from, ...figures] = row(step)
  return `${from}: ${HEAD.slice(1)
    .map((head, at) => `${head} ${figures[at]}`)
    .join(', ')}`
}

const requestsOf = ({ samples }: StepOutcome): Sample[] =>
  samples.filter(({ kind }) => REQUESTS.includes(kind))

const failuresOf = (step: StepOutcome): Sample[] => requestsOf(step).filter(({ failure }) => failure !== null)

function verdict(steps: readonly StepOutcome[]): string {
  const wrong = steps.filter(
    (step) =>
      failuresOf(step).length > 0 ||
      step.reports.some(
        ({ orders, walls }) => orders.lost + orders.doubled + orders.refused + walls.missed + walls.twice > 0,
      ) ||
      step.edits.lost + step.titles.differing + step.titles.missing > 0,
  )
  if (wrong.length === 0)
    return '**0 failed requests, 0 lost or double orders, no screen missed anything, no edit was lost, and name and title were never seen to differ.**'
  return `**Not without a trace: ${wrong.map(({ from, to }) => `${from} to ${to}`).join(', ')}.**`
}
