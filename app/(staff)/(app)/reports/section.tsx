import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import { LinkButton } from '@/app/_ui/button'

/**
 * One question of the report: what it is about, its chart, and its figures beside it, to be read out, copied and taken
 * along as a file.
 */
export function ReportSection({
  id,
  title,
  note,
  file,
  chart,
  table,
  wide = false,
}: {
  id: string
  title: string
  /** What the figures mean, in a sentence or two. */
  note: ReactNode
  /** The address of the same figures as CSV. */
  file: string
  chart: ReactNode
  table: ReactNode
  /** The chart needs the whole width: the table stands below it. */
  wide?: boolean
}) {
  return (
    <section aria-labelledby={id} className="grid gap-3 border-t border-line py-6 break-inside-avoid">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <LinkButton href={file} download variant="quiet" className="print:hidden">
          <Download size={16} aria-hidden />
          CSV<span className="sr-only"> of {title}</span>
        </LinkButton>
        <p className="col-span-full max-w-prose text-muted md:-mt-1.5">{note}</p>
      </div>
      <div
        className={
          wide
            ? 'grid grid-cols-[minmax(0,1fr)] gap-6'
            : 'grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]'
        }
      >
        {chart === null ? null : <div className="grid min-w-0 content-start">{chart}</div>}
        {table}
      </div>
    </section>
  )
}

/** A table beside its chart: as high as that, scrolling by itself, and whole on paper. */
export function BesideChart({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="beside-chart max-h-72 overflow-auto print:max-h-none print:overflow-visible"
    >
      {children}
    </section>
  )
}
