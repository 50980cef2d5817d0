import type { ReactNode } from 'react'
import { classes } from './classes'

/** Each tone has a colour and a shape of its own, so that it is never told by colour alone: `data-tone` in globals.css. */
export type Tone = 'red' | 'amber' | 'blue' | 'green' | 'muted'

/** The shape alone, sized and coloured by the text beside it. */
export const ToneShape = ({ tone }: { tone: Tone }) => (
  <span className="tone-shape" data-tone={tone} aria-hidden="true" />
)

/** A state as shape, word and colour. The word is the content; it is always there. One element, since a page has hundreds. */
export const StatusMark = ({
  tone,
  className,
  children,
}: {
  tone: Tone
  className?: string
  children: ReactNode
}) => (
  <span className={classes('status-mark', className)} data-tone={tone}>
    {children}
  </span>
)
