import { openSession } from '@/db/client'
import { circumstances, markdownTable, writeSection } from '../lib/report'
import type { Danger } from './dangers'
import { type FileRun, MODES, type Mode, quietLabel, runLabel } from './run'
import type { TrafficReport } from './traffic'
import { figuresOf, type Sample } from './traffic/recorder'

type Stage = { runs: FileRun[]; report: TrafficReport }
export type Outcome = { stages: Stage[]; dangers: Danger[] }

const DANGERS = 'docs/migrations.md'
const DOCUMENT = 'docs/migrations/under-traffic.md'
const MOST_TIMES = 2
const LONGEST_WAIT_MS = 500

const TITLES: Record<Mode, string> = {
  plain: 'Nothing beside it',
  report: "A report's transaction of 30 s open, which has read every table",
  kill: 'The migrator killed (`kill -9`) halfway, and another one started',
}

const SINCE = 'The files since the first release, served by the release before each'
const AGAIN =
  'The files of the first release, which none before it served under, run a second time with other names'

/** Prints what came of the requests, and writes it down if told. */
export async function writeReport(
  url: string,
  load: string,
  outcome: Outcome,
  write: { runs: boolean; dangers: boolean },
): Promise<void> {
  const session = await openSession(url)
  const parts = [`${await circumstances(session)}; ${load}.`]
  await session.close()
  const modes = MODES.filter((mode) => runsOf(outcome, mode).length > 0)
  if (modes.length > 0)
    parts.push(verdict(outcome), ...modes.map((mode) => modeSection(outcome, mode)), fileTable(outcome))
  const text = parts.join('\n\n')
  console.log(text)
  if (write.runs && modes.length > 0) await writeSection('migrate', text, DOCUMENT)
  if (outcome.dangers.length === 0) return
  const dangers = dangerTable(outcome.dangers)
  console.log(`\n${dangers}`)
  if (write.dangers) await writeSection('dangers', `${parts[0]}\n\n${dangers}`, DANGERS)
}

const runsOf = ({ stages }: Outcome, mode: Mode): FileRun[] =>
  stages.flatMap(({ runs }) => runs.filter((run) => run.mode === mode))

const samplesOf = ({ stages }: Outcome): Sample[] => stages.flatMap(({ report }) => [...report.samples])

function verdict(outcome: Outcome): string {
  const reports = outcome.stages.map(({ report }) => report)
  const sum = (figure: (report: TrafficReport) => number) =>
    reports.reduce((total, report) => total + figure(report), 0)
  return [
    `${sum(({ orders }) => orders.placed)} orders placed: **${sum(({ orders }) => orders.lost)} lost, ${sum(({ orders }) => orders.doubled)} double**, ${sum(({ orders }) => orders.refused)} never accepted.`,
    `${sum(({ walls }) => walls.events)} events for the screens: ${sum(({ walls }) => walls.missed)} missed, ${sum(({ walls }) => walls.twice)} shown twice.`,
  ].join(' ')
}

function modeSection(outcome: Outcome, mode: Mode): string {
  const runs = runsOf(outcome, mode)
  const samples = samplesOf(outcome)
  const quiet = figuresOf(samples, ({ label }) => label === quietLabel(mode))
  const parts = [false, true].flatMap((isAgain) => {
    const these = runs.filter((run) => run.isAgain === isAgain)
    if (these.length === 0) return []
    const busy = figuresOf(samples, ({ label }) => label === runLabel(mode, isAgain))
    return [`${isAgain ? AGAIN : SINCE}:`, comparison(quiet, busy), sentenceOf(mode, these)]
  })
  return [`### ${TITLES[mode]}`, ...parts].join('\n\n')
}

function comparison(quiet: ReturnType<typeof figuresOf>, busy: ReturnType<typeof figuresOf>): string {
  const rows = [...busy].map(([kind, figures]) => {
    const usual = quiet.get(kind)
    const times = usual ? figures.p99 / usual.p99 : Number.NaN
    return [
      kind,
      ...[usual?.count, usual?.failed].map((count) => String(count ?? 0)),
      (usual?.p99 ?? Number.NaN).toFixed(0),
      ...[figures.count, figures.failed].map(String),
      figures.p99.toFixed(0),
      `${times.toFixed(1)}${times > MOST_TIMES ? ' (!)' : ''}`,
      figures.max.toFixed(0),
    ]
  })
  const head = [
    'request',
    ...['without migration', 'failed', 'p99 ms'],
    ...['while migrating', 'failed', 'p99 ms', 'times', 'max ms'],
  ]
  return markdownTable(head, rows)
}

function sentenceOf(mode: Mode, runs: readonly FileRun[]): string {
  const waits = runs.flatMap(({ longestWait, file }) => (longestWait ? [{ ...longestWait, file }] : []))
  const longest = waits.sort((a, b) => b.ms - a.ms)[0]
  const seen = longest
    ? `The longest wait for a lock that was seen: ${longest.ms.toFixed(0)} ms (${longest.what}, ${longest.file})${longest.ms > LONGEST_WAIT_MS ? ' (!)' : ''}.`
    : 'No request was seen to wait for a lock.'
  const retries = runs.reduce((sum, run) => sum + run.retries, 0)
  const killed = runs.filter((run) => run.killed).length
  const more =
    mode === 'kill'
      ? ` ${killed} of ${runs.length} files were not done yet when the migrator was killed; the others had been quicker.`
      : ''
  return `${seen} ${runs.length} files, ${retries} tries of the migrator got no lock.${more}`
}

/** A row for each file: how long it took in each mode, and what it did to whoever waited for locks. */
function fileTable(outcome: Outcome): string {
  const runs = outcome.stages.flatMap((stage) => stage.runs)
  const samples = samplesOf(outcome)
  const rows = [...new Set(runs.map(({ file }) => file))].map((file) => {
    const [plain, open, killed] = MODES.map((mode) =>
      runs.find((run) => run.file === file && run.mode === mode),
    )
    const estimate = plain?.estimate
    return [
      file,
      (plain ?? open ?? killed)?.version ?? '',
      milliseconds(plain?.ms),
      estimate === null || estimate === undefined ? '-' : (estimate * 1000).toFixed(0),
      plain ? longestRequest(samples, plain) : '-',
      ...[plain, open, killed].map((run) => (run ? milliseconds(run.longestWait?.ms, '0') : '-')),
      milliseconds(open?.ms),
    ]
  })
  const head = [
    'file',
    'served by',
    'took ms',
    '`--plan` said ms',
    'longest request ms',
    'lock wait ms',
    'with a report',
    'with a kill',
    'took with a report ms',
  ]
  return ['### Each file', markdownTable(head, rows)].join('\n\n')
}

const milliseconds = (ms: number | null | undefined, none = '-'): string =>
  ms === null || ms === undefined ? none : ms.toFixed(0)

const longestRequest = (samples: readonly Sample[], { from, to }: FileRun): string =>
  Math.max(0, ...samples.filter(({ at }) => at >= from && at <= to).map(({ ms }) => ms)).toFixed(0)

function dangerTable(dangers: readonly Danger[]): string {
  const head = [
    'statement',
    'caught by',
    'ran s',
    'no order answered for s',
    'requests frozen',
    'failed',
    'longest request s',
    'longest wait for a lock s',
  ]
  const rows = dangers.map((danger) => [
    `\`${danger.statement}\`${danger.beside ? `, beside ${danger.beside}` : ''}`,
    `\`${danger.rule}\``,
    danger.seconds.toFixed(1),
    danger.withoutOrders.toFixed(1),
    String(danger.frozen),
    String(danger.failed),
    (danger.longestRequestMs / 1000).toFixed(1),
    (danger.longestLockWaitMs / 1000).toFixed(1),
  ])
  return markdownTable(head, rows)
}
