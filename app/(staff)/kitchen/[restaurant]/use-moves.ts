'use client'

import { useCallback, useEffect, useState } from 'react'
import type { Ticket } from '@/db/queries/kitchen'
import type { OrderStatus } from '@/domain/vocabulary'
import { bump, recall } from './actions'

type MovedTicket = { id: string; callNumber: number }

/** What became of the last press. Without JavaScript only the result is known, not the ticket. */
export type Move = {
  kind: 'bump' | 'recall'
  ticket?: MovedTicket
  result: { ok: true; status: OrderStatus } | { ok: false; reason: string; message: string }
}

const SHOWN_MS = { success: 10_000, failure: 30_000 }

const NO_CONTACT = {
  ok: false,
  reason: 'no_contact',
  // A repeated press names the same state, so it can't move the ticket twice.
  message: 'No answer, so it is not known whether this was done. Press again when the wall is live.',
} as const

/** Bumps and recalls as calls; each resolves when the picture shows what came of it. */
export function useMoves(slug: string, refresh: () => Promise<void>) {
  const [lastMove, setLastMove] = useState<Move | null>(null)

  const move = useCallback(
    async (kind: Move['kind'], ticket: MovedTicket, from: OrderStatus) => {
      const act = kind === 'bump' ? bump : recall
      const result = await act({ restaurant: slug, ticket: `${ticket.id} ${from}` }).catch(() => NO_CONTACT)
      setLastMove({ kind, ticket, result })
      await refresh()
    },
    [slug, refresh],
  )
  const bumpNow = useCallback((ticket: Ticket) => move('bump', ticket, ticket.status), [move])
  const recallNow = useCallback(
    (ticket: MovedTicket, from: OrderStatus) => move('recall', ticket, from),
    [move],
  )

  useEffect(() => {
    if (!lastMove) return
    const shown = lastMove.result.ok ? SHOWN_MS.success : SHOWN_MS.failure
    const timer = setTimeout(() => setLastMove(null), shown)
    return () => clearTimeout(timer)
  }, [lastMove])

  return { lastMove, bumpNow, recallNow }
}
