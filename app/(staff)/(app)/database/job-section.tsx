import { environment } from '@/app/_server/environment'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import { nextDue } from '@/db/jobs/housekeeping/due'
import type { Look } from '@/db/look'
import type { JobState } from '@/db/queries/housekeeping'
import { formatSeconds } from '@/domain/duration'
import { type Difference, judgeJob } from '@/domain/housekeeping'
import { JOB_WORDS } from './job-words'
import { Looked } from './looked'
import { Section } from './section'

type Shown = {
  /** In milliseconds since 1970. */
  now: number
  locale: string
}

/** What keeps the database in order by itself: how each job stands, what is usual, and what to do where it is not. */
export function JobSection({ look, ...shown }: Shown & { look: Look<JobState[]> }) {
  return (
    <Section
      title="Jobs"
      note={
        environment().HOUSEKEEPING
          ? 'One web process at a time runs what is due; npm run housekeeping does the same'
          : 'HOUSEKEEPING is off: only npm run housekeeping runs them'
      }
    >
      <Looked look={look}>{(jobs) => <JobTable jobs={jobs} {...shown} />}</Looked>
    </Section>
  )
}

function JobTable({ jobs, ...shown }: Shown & { jobs: JobState[] }) {
  return (
    <>
      <DataTable
        caption="Jobs of housekeeping"
        columns={COLUMNS}
        rows={jobs.map((job) => ({ ...job, ...shown }))}
        rowId={({ name }) => name}
      />
      {jobs.map((job) => (toneOf(job) === null ? null : <Trouble key={job.name} job={job} />))}
    </>
  )
}

const toneOf = (job: JobState) => judgeJob(job, job.last?.result ?? null)

type Row = JobState & { now: number; locale: string }

const column = columnsFor<Row>()

const COLUMNS = column.columns([
  column.display({
    id: 'job',
    header: 'Job',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        {JOB_WORDS[original.name].what}
        <small className="block text-sm font-normal text-muted">
          {original.name}, {JOB_WORDS[original.name].normal}
        </small>
      </>
    ),
  }),
  column.display({
    id: 'ran',
    header: 'Last run',
    cell: ({ row: { original } }) => <LastRun {...original} />,
  }),
  column.display({
    id: 'took',
    header: 'Took',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) => {
      const { last, usualMs } = original
      if (last === null) return '–'
      return (
        <>
          {formatSeconds(last.seconds)}
          {usualMs === null ? null : (
            <small className="block text-sm text-muted">usually {formatSeconds(usualMs / 1000)}</small>
          )}
        </>
      )
    },
  }),
  column.display({
    id: 'note',
    header: 'What it came to',
    meta: { wideOnly: true, className: 'w-1/3' },
    cell: ({ row: { original } }) => original.last?.note ?? '',
  }),
  column.display({
    id: 'next',
    header: 'Next',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) =>
      `in ${formatSeconds((nextDue(original.name, new Date(original.now)).getTime() - original.now) / 1000)}`,
  }),
])

function LastRun({ last, failures, now, ...job }: Row) {
  if (last === null) return <span className="text-muted">never</span>
  const tone = judgeJob({ ...job, failures }, last.result)
  if (last.result === 'running') return <StatusMark tone="blue">running</StatusMark>
  const ago = timeAgo(last.startedAt.getTime(), now)
  if (tone === null) return ago
  const word = last.result === 'differs' ? 'differs' : failures === 1 ? 'failed' : `failed ${failures} times`
  return (
    <>
      <StatusMark tone={tone}>{word}</StatusMark> <span className="text-muted">{ago}</span>
    </>
  )
}

function Trouble({ job }: { job: JobState }) {
  const { what, remedy } = JOB_WORDS[job.name]
  const { error = null, differences = [] } = job.last ?? {}
  return (
    <div className="pt-3">
      <h3 className="font-semibold">{what}</h3>
      {error === null ? null : <p className="wrap-anywhere">{error}</p>}
      {differences.length > 0 ? (
        <ul className="list-disc pl-5">
          {differences.map((difference) => (
            <li key={`${difference.what} ${difference.where}`}>{inWords(difference)}</li>
          ))}
        </ul>
      ) : null}
      <p className="max-w-prose text-muted">{remedy}</p>
    </div>
  )
}

const inWords = ({ what, where, stored, source }: Difference) =>
  `${what} of ${where}: ${stored} is stored, ${source} it is`
