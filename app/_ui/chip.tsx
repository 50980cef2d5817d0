import X from 'lucide-react/icons/x'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classes } from './classes'

const SHAPE =
  'relative inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3 whitespace-nowrap md:min-h-7'

/** One choice of a filter: a link to the same list with that choice made. `count` says what one would find. */
export function FilterChip({
  href,
  active,
  count,
  children,
}: {
  href: string
  active: boolean
  count?: number | string
  children: ReactNode
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={active ? 'true' : undefined}
      className={classes(
        SHAPE,
        'transition-colors',
        active ? 'border-accent bg-accent text-accent-ink' : 'border-line hover:border-edge hover:bg-wash',
      )}
    >
      {children}
      {count === undefined ? null : <span className={active ? undefined : 'text-muted'}>{count}</span>}
    </Link>
  )
}

/** A filter that is set, and the link that takes it off. `name` completes "Remove filter: …". */
export function RemovableChip({ href, name }: { href: string; name: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      className={classes(SHAPE, 'max-w-full border-line bg-wash transition-colors hover:border-edge')}
    >
      <span className="sr-only">Remove filter: </span>
      <span className="truncate">{name}</span>
      <X size={14} aria-hidden className="shrink-0" />
    </Link>
  )
}
