'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

/** Before which parts of a ticket a new column begins, by the ticket's id. */
export type Continuations = ReadonlyMap<string, readonly string[]>

const NONE: Continuations = new Map()
const useBrowserLayoutEffect = typeof window === 'undefined' ? () => {} : useLayoutEffect

/**
 * A ticket that is longer than a column goes on in the next one. Where it does so is known only once it is laid out;
 * there it has to say again whose ticket it is. One place is found at a time, since naming it takes a line there.
 * @param layout changes with everything that moves lines
 */
export function useContinuations(list: RefObject<HTMLElement | null>, layout: string): Continuations {
  const [found, setFound] = useState({ layout, parts: NONE })
  const parts = found.layout === layout ? found.parts : NONE

  useBrowserLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const next = new Map(parts)
    for (const ticket of element.querySelectorAll<HTMLElement>(':scope > [data-ticket]')) {
      const id = ticket.dataset.ticket ?? ''
      const known = parts.get(id) ?? []
      const unnamed = ticket.getClientRects().length > 1 ? firstUnnamed(ticket, known) : null
      if (unnamed) next.set(id, [...known, unnamed])
    }
    const grew = [...next].some(([id, named]) => named.length !== (parts.get(id)?.length ?? 0))
    if (grew || found.layout !== layout) setFound({ layout, parts: next })
  })

  return parts
}

function firstUnnamed(ticket: HTMLElement, named: readonly string[]): string | null {
  let column: number | null = null
  for (const part of ticket.querySelectorAll<HTMLElement>('[data-part]')) {
    const { left } = part.getBoundingClientRect()
    const name = part.dataset.part ?? ''
    if (column !== null && left > column + 1 && !named.includes(name)) return name
    column = left
  }
  return null
}
