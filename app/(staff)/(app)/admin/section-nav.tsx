'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { classes } from '@/app/_ui/classes'
import type { AdminSection } from './sections'

/** The way between the pages of Admin: one line, which a phone pushes sideways. */
export function SectionNav({ sections }: { sections: readonly AdminSection[] }) {
  const path = usePathname()
  const current = useRef<HTMLAnchorElement>(null)
  // A phone shows three or four of them: the one that one is at should be among these.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref changes with the path
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <nav
      aria-label="Admin"
      className="-mx-4 mb-4 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] md:-mx-8 md:mb-6 md:px-8 print:hidden"
    >
      <ul className="flex w-max gap-1">
        {sections.map(({ href, label }) => {
          const isCurrent = path === href || path.startsWith(`${href}/`)
          return (
            <li key={href}>
              <Link
                ref={isCurrent ? current : null}
                href={href}
                prefetch={false}
                aria-current={isCurrent ? 'page' : undefined}
                className={classes(
                  'flex min-h-11 items-center border-b-2 px-3 whitespace-nowrap -outline-offset-2 md:min-h-10',
                  isCurrent
                    ? 'border-accent font-semibold text-ink'
                    : 'border-transparent text-muted hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
