import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { pageNumbers } from './page-numbers'

/** "1–20 of 412" and links to the pages. `page` counts from 1. */
export function Pager({
  page,
  pageSize,
  total,
  href,
  locale,
}: {
  page: number
  pageSize: number
  total: number
  href: (page: number) => string
  locale?: string | undefined
}) {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1
  const last = Math.min(total, page * pageSize)
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-2 py-3">
      <p className="text-muted">
        {first}–{last} of {total.toLocaleString(locale)}
      </p>
      {pages > 1 ? (
        <ol className="flex items-center">
          <Step href={page > 1 ? href(page - 1) : null} label="Previous page">
            <ChevronLeft size={16} aria-hidden />
          </Step>
          {pageNumbers(page, pages).map((number, index) =>
            number === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a gap has no identity but its place
              <li key={`gap ${index}`} className="px-1 text-muted" aria-hidden="true">
                …
              </li>
            ) : (
              <Step key={number} href={href(number)} current={number === page} label={`Page ${number}`}>
                {number}
              </Step>
            ),
          )}
          <Step href={page < pages ? href(page + 1) : null} label="Next page">
            <ChevronRight size={16} aria-hidden />
          </Step>
        </ol>
      ) : null}
    </nav>
  )
}

const STEP = 'grid min-h-11 min-w-11 place-items-center rounded-md px-1 md:min-h-8 md:min-w-8'

function Step({
  href,
  current,
  label,
  children,
}: {
  href: string | null
  current?: boolean
  label: string
  children: ReactNode
}) {
  if (href === null)
    return (
      <li className={classes(STEP, 'text-muted opacity-40')} aria-hidden="true">
        {children}
      </li>
    )
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-label={label}
        aria-current={current ? 'page' : undefined}
        className={classes(STEP, current ? 'bg-wash font-semibold' : 'hover:bg-wash')}
      >
        {children}
      </Link>
    </li>
  )
}
