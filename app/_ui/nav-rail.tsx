'use client'

import BookOpen from 'lucide-react/icons/book-open'
import ChartColumn from 'lucide-react/icons/chart-column'
import ChefHat from 'lucide-react/icons/chef-hat'
import Database from 'lucide-react/icons/database'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Gauge from 'lucide-react/icons/gauge'
import LogOut from 'lucide-react/icons/log-out'
import Package from 'lucide-react/icons/package'
import ReceiptText from 'lucide-react/icons/receipt-text'
import Settings from 'lucide-react/icons/settings'
import UtensilsCrossed from 'lucide-react/icons/utensils-crossed'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { roleMay } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { classes } from './classes'
import { LinkPending } from './link-pending'
import { NAV_SECTIONS, type NavSection } from './nav-sections'
import type { Theme } from './theme'
import { ThemeSwitch } from './theme-switch'

const ICONS: Record<string, typeof ChefHat> = {
  Overview: Gauge,
  Kitchen: ChefHat,
  Orders: ReceiptText,
  Menu: UtensilsCrossed,
  Recipes: BookOpen,
  Inventory: Package,
  Reports: ChartColumn,
  Admin: Settings,
  Database,
}

/** As many as a thumb can tell apart on a phone. Where there are more, the last place is "More". */
const MOST_IN_BAR = 5

const ITEM =
  'grid min-h-14 min-w-0 grow basis-0 place-content-center justify-items-center gap-1 rounded-md text-[0.75rem] max-[350px]:text-[0.65rem] md:w-16 md:grow-0 md:basis-auto'
const MORE_ITEM = 'flex min-h-12 items-center gap-3 rounded-md px-3 text-base'
/** The size and colours of the rail's small buttons. */
export const RAIL_BUTTON =
  'grid size-11 place-items-center rounded-md text-muted hover:bg-wash hover:text-ink md:size-10'

const colours = (isCurrent: boolean) =>
  isCurrent ? 'font-semibold text-accent md:bg-wash' : 'text-muted hover:bg-wash hover:text-ink'

/**
 * The way between sections: a slim rail on a desk, a bar at the thumb on a phone. A client component as a whole, for
 * the place one is at and so that its icons travel once in the cached script instead of in every page.
 */
export function NavRail({
  role,
  name,
  theme,
  search,
  counts,
  signOut,
}: {
  role: Role
  name: string
  theme: Theme
  /** What finds anything, as a button of the size `RAIL_BUTTON`. */
  search: ReactNode
  /** What waits in a section, by its label; nothing of 0 is shown. */
  counts: Readonly<Record<string, { count: number; of: string }>>
  signOut: () => Promise<void>
}) {
  const path = usePathname()
  const sections = NAV_SECTIONS.filter(({ permission }) => !permission || roleMay(role, permission))
  const isCurrent = ({ under }: NavSection) => path === under || path.startsWith(`${under}/`)
  const inBar = sections.length > MOST_IN_BAR ? MOST_IN_BAR - 1 : sections.length
  const more = sections.slice(inBar)
  return (
    <div className="fixed inset-x-0 bottom-0 z-10 flex border-t print:hidden border-line bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-auto md:top-0 md:h-dvh md:w-20 md:shrink-0 md:flex-col md:border-t-0 md:border-r md:py-2">
      <nav aria-label="Sections" className="flex min-w-0 grow gap-1 px-1 md:flex-col md:items-center md:px-0">
        {sections.map((section, index) => (
          <SectionLink
            key={section.href}
            section={section}
            isCurrent={isCurrent(section)}
            waiting={counts[section.label]}
            className={classes(ITEM, index >= inBar && 'max-md:hidden')}
          />
        ))}
        {more.length > 0 ? (
          // Another page is another key, and so a closed menu.
          <MoreSections key={path} isCurrent={more.some(isCurrent)}>
            {more.map((section) => (
              <SectionLink
                key={section.href}
                section={section}
                isCurrent={isCurrent(section)}
                waiting={counts[section.label]}
                className={MORE_ITEM}
              />
            ))}
          </MoreSections>
        ) : null}
      </nav>
      <div className="flex items-center md:flex-col">
        {search}
        <ThemeSwitch initial={theme} className={classes(RAIL_BUTTON, 'max-md:hidden')} />
        <form action={signOut}>
          <button
            type="submit"
            className={RAIL_BUTTON}
            aria-label={`Sign out ${name}`}
            title={`Sign out ${name}`}
          >
            <LogOut size={18} aria-hidden />
          </button>
        </form>
      </div>
    </div>
  )
}

function SectionLink({
  section: { href, label },
  isCurrent,
  waiting,
  className,
}: {
  section: NavSection
  isCurrent: boolean
  waiting: { count: number; of: string } | undefined
  className: string
}) {
  const Icon = ICONS[label] ?? Ellipsis
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={classes('relative', className, colours(isCurrent))}
    >
      <span className="relative">
        <Icon size={20} aria-hidden />
        {waiting && waiting.count > 0 ? (
          <span className="absolute -top-2 left-3 min-w-4 rounded-full bg-red px-1 text-center text-[0.6875rem] leading-4 font-semibold text-paper tabular-nums">
            {waiting.count > MOST_COUNTED ? `${MOST_COUNTED}+` : waiting.count}
            <span className="sr-only"> {waiting.of},</span>
          </span>
        ) : null}
      </span>
      {label}
      <LinkPending />
    </Link>
  )
}

/** Beyond this a badge says "many". */
const MOST_COUNTED = 99

/** The sections that a phone's bar has no place for. A popover of the browser's own: it needs no script to open. */
function MoreSections({ isCurrent, children }: { isCurrent: boolean; children: ReactNode }) {
  return (
    <>
      <button type="button" popoverTarget={MORE} className={classes(ITEM, 'md:hidden', colours(isCurrent))}>
        <Ellipsis size={20} aria-hidden />
        More
      </button>
      <div
        id={MORE}
        popover="auto"
        className="inset-auto right-2 bottom-[calc(4rem+env(safe-area-inset-bottom))] w-56 rounded-md border border-line bg-surface p-1 text-ink shadow-float md:hidden"
      >
        {children}
      </div>
    </>
  )
}

const MORE = 'more-sections'
