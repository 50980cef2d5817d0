import { Figure, FigureRow } from '@/app/_ui/figure'
import { StatusMark } from '@/app/_ui/status-mark'
import type { DatabaseFigures } from '@/db/queries/health/figures'
import { formatBytes } from '@/domain/bytes'
import { judgeHits } from './judge'
import { inPercent } from './numbers'
import { sinceWords } from './utc'

/** The database in figures that add up over time, each with what is usual. */
export function DatabaseFigureRow({ figures, locale }: { figures: DatabaseFigures; locale: string }) {
  const { since, bytes, hitShare, deadlocks, temporaryFiles, temporaryBytes } = figures
  const tone = hitShare === null ? null : judgeHits(hitShare)
  const number = (value: number) => value.toLocaleString(locale)
  return (
    <>
      <FigureRow>
        <Figure label="Size" value={formatBytes(bytes)} compare="below: by table" />
        <Figure
          label="Found in memory"
          value={hitShare === null ? '–' : `${(Math.floor(hitShare * 1000) / 10).toLocaleString(locale)} %`}
          compare={
            tone ? (
              <StatusMark tone={tone}>raise shared_buffers</StatusMark>
            ) : (
              `over ${inPercent(0.95)} is usual`
            )
          }
        />
        <Figure
          label="Deadlocks"
          value={number(deadlocks)}
          compare={deadlocks > 0 ? 'the server’s log has both sides' : 'none is usual'}
        />
        <Figure
          label="Spilled to disk"
          value={formatBytes(temporaryBytes)}
          compare={
            temporaryFiles > 0
              ? `in ${number(temporaryFiles)} files: raise work_mem if often`
              : 'none is usual'
          }
        />
      </FigureRow>
      <p className="text-muted">Counted {sinceWords(since, locale)}.</p>
    </>
  )
}
