'use client'

import Form from 'next/form'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { TextField } from '@/app/_ui/field'
import { plainText } from '@/domain/plain-text'
import type { OverviewLine } from './lines'
import { type OverviewLinks, OverviewRows } from './overview-rows'
import { type OverviewView, overviewHref } from './search-params'

/**
 * The restaurants, worst first. All of them are there, so that typing filters at once and a row that changed can show
 * it; without JavaScript the same fields ask the server.
 */
export function OverviewBoard({
  lines,
  view,
  links,
}: {
  lines: OverviewLine[]
  view: OverviewView
  links: OverviewLinks
}) {
  const [search, setSearch] = useState(view.search)
  const [isLive, setLive] = useState(false)
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => setLive(true), [])
  useEffect(() => {
    // Another address brings its own words, but never takes away what is being typed.
    if (!field.current?.contains(document.activeElement)) setSearch(view.search)
  }, [view.search])

  const words = plainText(search).split(/\s+/).filter(Boolean)
  const fits = ({ name, isAttention }: OverviewLine) =>
    (view.show === 'all' || isAttention) && words.every((word) => plainText(name).includes(word))
  const shown = lines.filter(fits)
  const attention = lines.filter(({ isAttention }) => isAttention).length

  function type(text: string) {
    setSearch(text)
    window.history.replaceState(null, '', overviewHref({ ...view, search: text.trim() }))
  }

  return (
    <>
      {lines.length > 1 ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3 pb-4 print:hidden">
          <Form
            action="/overview"
            prefetch={false}
            scroll={false}
            className="flex min-w-0 grow items-end gap-2 md:grow-0"
          >
            {view.show === 'all' ? null : <input type="hidden" name="show" value={view.show} />}
            <div ref={field} className="min-w-0 grow md:w-72">
              <TextField
                type="search"
                name="q"
                label="Search restaurants"
                labelHidden
                placeholder="Search restaurants"
                value={search}
                onChange={(event) => type(event.currentTarget.value)}
                maxLength={100}
                autoComplete="off"
              />
            </div>
            <noscript>
              <Button>Search</Button>
            </noscript>
          </Form>
          <nav aria-label="Which restaurants">
            <ul className="flex gap-2">
              <li>
                <FilterChip
                  href={overviewHref({ search, show: 'all' })}
                  active={view.show === 'all'}
                  count={lines.length}
                >
                  All
                </FilterChip>
              </li>
              <li>
                <FilterChip
                  href={overviewHref({ search, show: 'attention' })}
                  active={view.show === 'attention'}
                  count={attention}
                >
                  Needs attention
                </FilterChip>
              </li>
            </ul>
          </nav>
        </div>
      ) : null}
      <OverviewRows lines={lines} shown={new Set(shown.map(({ slug }) => slug))} isLive={isLive} {...links} />
      <p role="status" className="py-6 text-muted empty:hidden">
        {shown.length > 0
          ? null
          : words.length > 0
            ? `No restaurant${view.show === 'attention' ? ' that needs attention' : ''} is called like this.`
            : 'Nothing needs attention: no ticket is late, nothing is out, and every screen is heard of.'}
      </p>
    </>
  )
}
