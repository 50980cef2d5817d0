import type { ReactNode } from 'react'
import { labelled, type Scale } from './chart-scale'

/** As many units of the drawing stand above another; its width is one unit a point. Both are stretched to the page. */
export const PLOT_HEIGHT = 100

const MOST_LABELS = 8

/** One of the marks of a chart in its caption. */
export type LegendEntry = { words: string; shape: 'bar' | 'line' | 'tick'; className: string }

/**
 * A frame for values over days: what stands beside it, lines at round values, and the days below. The drawing is SVG
 * that stretches, made while rendering on the server, so that it has its size before any script runs and without; words
 * are HTML and keep their size. All of it is hidden from screen readers, for which the figures stand in a table.
 */
export function Plot({
  labels,
  scale,
  figure,
  legend,
  children,
}: {
  /** Under each point. */
  labels: readonly string[]
  scale: Scale
  /** A value beside the axis. */
  figure: (value: number) => string
  legend: readonly LegendEntry[]
  /** SVG in units of points and `PLOT_HEIGHT`. */
  children: ReactNode
}) {
  const top = (value: number) => `${100 - (value / scale.to) * 100}%`
  return (
    <div aria-hidden="true" className="text-sm text-muted">
      <Legend entries={legend} />
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pt-3">
        <div className="relative min-w-8 tabular-nums">
          {/* Takes the width of the widest. */}
          <span className="invisible block h-0">{figure(scale.to)}</span>
          {scale.ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
              style={{ top: top(tick) }}
            >
              {figure(tick)}
            </span>
          ))}
        </div>
        <div className="relative h-44 border-b border-edge md:h-52">
          {scale.ticks.slice(1).map((tick) => (
            <span key={tick} className="absolute inset-x-0 border-t border-line" style={{ top: top(tick) }} />
          ))}
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${Math.max(1, labels.length)} ${PLOT_HEIGHT}`}
            preserveAspectRatio="none"
            // What lies below 0 is left out; a dot on the edge is not.
            className="absolute inset-0 size-full overflow-visible [clip-path:inset(-4px)]"
          >
            {children}
          </svg>
        </div>
        <div className="relative col-start-2 h-5 pt-1">
          {labelled(labels.length, MOST_LABELS).map((index) => (
            <span
              key={index}
              className="absolute -translate-x-1/2 whitespace-nowrap max-md:nth-[even]:hidden"
              // The first of many has no room to its left.
              style={{ left: `max(1.25rem, ${((index + 0.5) / labels.length) * 100}%)` }}
            >
              {labels[index]}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}

const Legend = ({ entries }: { entries: readonly LegendEntry[] }) => (
  <ul className="flex flex-wrap gap-x-4 gap-y-1">
    {entries.map(({ words, shape, className }) => (
      <li key={words} className="flex items-center gap-1.5">
        <svg aria-hidden="true" className="h-2.5 w-3.5 shrink-0">
          {shape === 'bar' ? (
            <rect x="2" width="10" height="10" className={className} />
          ) : (
            <line
              x1="0"
              x2="14"
              y1="5"
              y2="5"
              strokeWidth={shape === 'tick' ? 1.5 : 2}
              className={className}
            />
          )}
        </svg>
        {words}
      </li>
    ))}
  </ul>
)
