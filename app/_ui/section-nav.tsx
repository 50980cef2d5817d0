'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { classes } from './classes'

/** The part of pages that share a section, such as Admin. All that stands below its path belongs to it. */
export type Section = { href: string; label: string }

/** The way between the pages of a section: one line, which a phone pushes sideways. */
export function SectionNav({ label, sections }: { label: string; sections: readonly Section[] }) {
  const path = usePathname()
  const at = sectionAt(path, sections)
  const current = useRef<HTMLAnchorElement>(null)
  // A phone shows three or four of them: the one that one is at should be among these.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref changes with the path
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <nav
      aria-label={label}
      className="-mx-4 mb-4 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] md:-mx-8 md:mb-6 md:px-8 print:hidden"
    >
      <ul className="flex w-max gap-1">
        {sections.map(({ href, label }) => {
          const isCurrent = href === at?.href
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

/** The section that a path belongs to: where one stands below another, the inner one. */
export function sectionAt<S extends Section>(path: string, sections: readonly S[]): S | undefined {
  const around = sections.filter(({ href }) => path === href || path.startsWith(`${href}/`))
  return around.sort((a, b) => b.href.length - a.href.length)[0]
}
