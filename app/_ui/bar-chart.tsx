import Link from 'next/link'
import type { ReactNode } from 'react'

export type BarChartRow = {
  label: string
  value: number
  /** The value as people read it. */
  figure: string
  /** What the row leads to; null: nowhere. */
  href: string | null
}

type Props = {
  /** Null where a heading above says it. */
  title: string | null
  /** What the order of the rows is, and what else the figures alone don't say. */
  note: ReactNode
  rows: readonly BarChartRow[]
  /** Where bars begin and the widest could end. Bars that don't begin at 0 would lie about proportions: draw dots. */
  scale: { from: number; to: number }
  shape?: 'bar' | 'dot'
  /** A value that all are compared with, drawn as a line through the rows. */
  reference?: { value: number; label: string }
}

/**
 * Ranked values of one measure, each row a link. Drawn while rendering on the server, in SVG whose lengths are
 * percentages, so it needs no script and no measuring and nothing moves. Words stay HTML and keep their size. Stands in a
 * grid, of which it takes two rows, so that charts side by side begin on one line.
 */
export function BarChart({ title, note, rows, scale, shape = 'bar', reference }: Props) {
  return (
    <figure className="row-span-2 grid grid-rows-subgrid gap-y-2">
      <figcaption>
        {title === null ? null : <h2 className="text-base font-semibold">{title}</h2>}
        <p className="text-sm text-muted">{note}</p>
        {reference ? (
          <p className="flex items-center gap-2 text-sm text-muted">
            <svg aria-hidden="true" className="h-3 w-0.5">
              <rect width="100%" height="100%" className="fill-ink" />
            </svg>
            {reference.label}
          </p>
        ) : null}
      </figcaption>
      <ol className="grid grid-cols-[fit-content(9.5rem)_minmax(0,1fr)_auto] md:grid-cols-[fit-content(16rem)_minmax(0,1fr)_auto] gap-x-3">
        {rows.map((row) => (
          <li key={row.label} className="col-span-full grid grid-cols-subgrid">
            <RowFrame href={row.href}>
              <span
                className={
                  row.href === null
                    ? 'truncate'
                    : 'truncate underline decoration-edge underline-offset-[0.2em] group-hover:decoration-current'
                }
              >
                {row.label}
              </span>{' '}
              <Mark value={row.value} scale={scale} shape={shape} reference={reference?.value} />
              <span className="text-end tabular-nums">{row.figure}</span>
            </RowFrame>
          </li>
        ))}
      </ol>
    </figure>
  )
}

const ROW = 'col-span-full grid grid-cols-subgrid items-center'

const RowFrame = ({ href, children }: { href: string | null; children: ReactNode }) =>
  href === null ? (
    <div className={ROW}>{children}</div>
  ) : (
    <Link href={href} prefetch={false} className={`group ${ROW} hover:bg-wash`}>
      {children}
    </Link>
  )

function Mark({
  value,
  scale: { from, to },
  shape,
  reference,
}: Required<Pick<Props, 'scale' | 'shape'>> & { value: number; reference: number | undefined }) {
  const at = (number: number) =>
    `${to > from ? Math.round(Math.min(1, Math.max(0, (number - from) / (to - from))) * 1000) / 10 : 0}%`
  const fill = 'fill-muted group-hover:fill-accent'
  return (
    <svg aria-hidden="true" className="h-7 w-full overflow-visible">
      <rect
        width="100%"
        height={shape === 'bar' ? 12 : 1}
        y="50%"
        transform={shape === 'bar' ? 'translate(0 -6)' : undefined}
        className={shape === 'bar' ? 'fill-wash' : 'fill-edge'}
      />
      {shape === 'bar' ? (
        <rect width={at(value)} height="12" y="50%" transform="translate(0 -6)" className={fill} />
      ) : (
        <circle cx={at(value)} cy="50%" r="5" className={fill} />
      )}
      {reference === undefined ? null : (
        <rect x={at(reference)} width="1.5" height="100%" className="fill-ink" />
      )}
    </svg>
  )
}
