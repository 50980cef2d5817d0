import { scaleTo } from './chart-scale'
import { PLOT_HEIGHT, Plot } from './plot'

export type Column = {
  label: string
  value: number
  /** What it is compared with; null where there is nothing. */
  compare: number | null
}

/** A value a day as bars, and what each is compared with as a tick across it. */
export function ColumnChart({
  columns,
  words,
  compareWords,
  figure,
  whole = false,
}: {
  columns: readonly Column[]
  /** What the bars are, and what the ticks. */
  words: string
  compareWords: string
  figure: (value: number) => string
  whole?: boolean
}) {
  const scale = scaleTo(
    Math.max(0, ...columns.map(({ value, compare }) => Math.max(value, compare ?? 0))),
    whole,
  )
  const y = (value: number) => ((1 - value / scale.to) * PLOT_HEIGHT).toFixed(2)
  const isCompared = columns.some(({ compare }) => compare !== null)
  return (
    <Plot
      labels={columns.map(({ label }) => label)}
      scale={scale}
      figure={figure}
      legend={[
        { words, shape: 'bar', className: 'fill-muted' },
        ...(isCompared ? [{ words: compareWords, shape: 'tick' as const, className: 'stroke-ink' }] : []),
      ]}
    >
      {columns.map(({ label, value }, index) =>
        value > 0 ? (
          <rect
            key={label}
            x={index + 0.14}
            y={y(value)}
            width="0.72"
            height={((value / scale.to) * PLOT_HEIGHT).toFixed(2)}
            className="fill-muted"
          />
        ) : null,
      )}
      {columns.map(({ label, compare }, index) =>
        compare === null ? null : (
          <line
            key={label}
            x1={index + 0.06}
            x2={index + 0.94}
            y1={y(compare)}
            y2={y(compare)}
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
            className="stroke-ink"
          />
        ),
      )}
    </Plot>
  )
}
