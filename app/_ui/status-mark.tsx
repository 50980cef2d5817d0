import type { ReactNode } from 'react'
import { classes } from './classes'

export type Tone = 'red' | 'amber' | 'blue' | 'green' | 'muted'

/** Each tone has a shape of its own, so that it is never told by colour alone. In a box of 10 by 10. */
const SHAPES: Record<Tone, string> = {
  red: 'M1 1h8v8H1z',
  amber: 'M5 .7 9.6 9.2H.4z',
  blue: 'M5 0l5 5-5 5-5-5z',
  green: 'M5 .5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z',
  muted: 'M1 4h8v2H1z',
}

const COLOURS: Record<Tone, string> = {
  red: 'text-red',
  amber: 'text-amber',
  blue: 'text-blue',
  green: 'text-green',
  muted: 'text-muted',
}

/** The shape alone, sized by the text beside it. */
export function ToneShape({ tone }: { tone: Tone }) {
  return (
    <svg viewBox="0 0 10 10" className="size-[0.72em] shrink-0 fill-current" aria-hidden="true">
      <path d={SHAPES[tone]} />
    </svg>
  )
}

/** A state as shape, word and colour. The word is the content; it is always there. */
export function StatusMark({
  tone,
  className,
  children,
}: {
  tone: Tone
  className?: string
  children: ReactNode
}) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 font-semibold whitespace-nowrap',
        COLOURS[tone],
        className,
      )}
    >
      <ToneShape tone={tone} />
      {children}
    </span>
  )
}
