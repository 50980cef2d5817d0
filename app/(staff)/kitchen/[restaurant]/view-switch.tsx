'use client'

import ChevronDown from 'lucide-react/icons/chevron-down'
import { type MouseEvent, useRef } from 'react'
import { WALL_VIEWS, type WallView } from '@/domain/wall'
import { VIEW_WORDS } from '@/domain/wall-view'
import styles from './wall.module.css'

/** What this screen shows. Links, so that it works without a script; with one, the page stays. */
export function ViewSwitch({ view, onView }: { view: WallView; onView: (href: string) => void }) {
  const menu = useRef<HTMLDetailsElement>(null)
  const choose = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onView(event.currentTarget.href)
    if (menu.current) menu.current.open = false
  }
  return (
    <details ref={menu} className={styles.views}>
      <summary className={styles.viewButton}>
        <span className="sr-only">This screen shows: </span>
        {VIEW_WORDS[view]}
        <ChevronDown className="size-[0.8em]" aria-hidden />
      </summary>
      <ul className={styles.viewMenu}>
        {WALL_VIEWS.map((one) => (
          <li key={one}>
            <a
              href={one === 'all' ? '?' : `?station=${one}`}
              onClick={choose}
              aria-current={one === view ? 'page' : undefined}
              className={styles.viewLink}
            >
              {VIEW_WORDS[one]}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
