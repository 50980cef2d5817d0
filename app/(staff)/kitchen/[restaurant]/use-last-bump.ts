'use client'

import { useEffect, useState } from 'react'
import type { WallMove, WallTicket } from '@/domain/wall'
import { afterMove } from '@/domain/wall-predict'
import { undoOf } from '@/domain/wall-view'
import { forget, read, write } from './storage'
import type { ShownPress } from './use-presses'

/** What brings back the last ticket that was bumped on this screen, and that ticket as the bump left it. */
export type LastBump = { move: WallMove; ticket: WallTicket }

const keyOf = (slug: string) => `brigade:last-bump:${slug}`

/** The last bump of this screen that can be recalled; null when there was none, or when it was. */
export function useLastBump(slug: string, presses: readonly ShownPress[]): LastBump | null {
  const [last, setLast] = useState<LastBump | null>(null)

  useEffect(() => setLast(read<LastBump>(keyOf(slug))), [slug])

  const newest = presses.findLast(({ move }) => ['bump', 'bump_station', 'recall'].includes(move.do))
  useEffect(() => {
    if (!newest) return
    const { move, ticket, isUndone } = newest
    const back = move.do === 'recall' || isUndone ? null : undoOf(move, ticket)
    if (move.do === 'recall') forget(keyOf(slug))
    else if (!back) return
    const bump = back && { move: back, ticket: afterMove(ticket, move) ?? ticket }
    if (bump) write(keyOf(slug), bump)
    setLast(bump)
  }, [slug, newest])

  return last
}
