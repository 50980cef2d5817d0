import { scaleTo } from './chart-scale'
import { PLOT_HEIGHT, Plot } from './plot'

export type Line = { words: string; values: readonly (number | null)[]; className: string }

/** Values a day as lines, which break where there is none. A dot marks each where few enough to tell apart. */
export function LineChart({
  labels,
  lines,
  figure,
}: {
  labels: readonly string[]
  lines: readonly Line[]
  figure: (value: number) => string
}) {
  const scale = scaleTo(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))))
  return (
    <Plot
      labels={labels}
      scale={scale}
      figure={figure}
      legend={lines.map(({ words, className }) => ({ words, shape: 'line', className }))}
    >
      {lines.map(({ words, values, className }) => {
        const points = values.map((value, index) =>
          value === null ? null : `${index + 0.5} ${((1 - value / scale.to) * PLOT_HEIGHT).toFixed(2)}`,
        )
        return (
          <g key={words} className={className} fill="none" strokeLinecap="round" strokeLinejoin="round">
            <path d={pathOf(points)} strokeWidth="2" vectorEffect="non-scaling-stroke" />
            {/* A line of no length with round ends: a dot that stretching leaves round. */}
            {points.length > MOST_DOTS && points.length > 1 ? null : (
              <path
                d={points.flatMap((point) => (point === null ? [] : [`M${point}h0`])).join('')}
                strokeWidth="6"
                vectorEffect="non-scaling-stroke"
              />
            )}
          </g>
        )
      })}
    </Plot>
  )
}

const MOST_DOTS = 45

/** Through the points that there are, beginning anew after each gap. */
const pathOf = (points: readonly (string | null)[]): string =>
  points
    .flatMap((point, index) =>
      point === null ? [] : [`${(points[index - 1] ?? null) === null ? 'M' : 'L'}${point}`],
    )
    .join('')
