import { classes } from './classes'
import type { Tone } from './status-mark'

const FILLS: Record<Tone | 'accent', string> = {
  accent: 'fill-accent',
  red: 'fill-red',
  amber: 'fill-amber',
  blue: 'fill-blue',
  green: 'fill-green',
  muted: 'fill-muted',
}

const percent = (value: number, max: number) =>
  `${max > 0 ? Math.round(Math.min(1, Math.max(0, value / max)) * 1000) / 10 : 0}%`

/**
 * A thin bar beside the figure it draws, so it is hidden from screen readers. `marks` are further values on the same
 * scale (a minimum, a par), drawn as ticks.
 */
export function Bar({
  value,
  max,
  tone = 'muted',
  marks = [],
  className,
}: {
  value: number
  max: number
  tone?: Tone | 'accent'
  marks?: number[]
  className?: string
}) {
  return (
    <svg aria-hidden="true" className={classes('h-2 w-full', className)}>
      <rect width="100%" height="4" y="2" rx="2" className="fill-wash" />
      <rect width={percent(value, max)} height="4" y="2" rx="2" className={FILLS[tone]} />
      {marks.map((mark) => (
        <rect key={mark} x={percent(mark, max)} width="1.5" height="8" className="fill-ink" />
      ))}
    </svg>
  )
}
