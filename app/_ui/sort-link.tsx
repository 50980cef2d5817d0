import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type Sorted = false | 'asc' | 'desc'

/** What `aria-sort` says of a column. */
export const ariaSort = (sorted: Sorted) =>
  sorted ? ({ asc: 'ascending', desc: 'descending' } as const)[sorted] : undefined

/** The head of a column by which a list can be ordered: leads to the list in that order. */
export function SortLink({ href, sorted, children }: { href: string; sorted: Sorted; children: ReactNode }) {
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
  return (
    <Link href={href} prefetch={false} scroll={false}>
      {children}
      {sorted ? <Arrow size={12} aria-hidden /> : null}
    </Link>
  )
}
