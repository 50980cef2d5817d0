'use client'

import { useRef, useState } from 'react'
import { draftOrder, type OrderDraft } from '@/domain/order-draft'
import { takeOrder } from './actions'

type Answer = Awaited<ReturnType<typeof takeOrder>>
export type Placed = Extract<Answer, { ok: true }>['order']
export type SendFailure = { reason: string; message: string }

const NO_CONTACT: SendFailure = {
  reason: 'no_contact',
  message: 'No answer, so it is not known whether the order was placed. Send it again: it counts once.',
}

/** Sends a draft, one at a time. Resolves with what was placed, or null; why not is in `failure`. */
export function useSending(slug: string) {
  const [failure, setFailure] = useState<SendFailure | null>(null)
  const [isSending, setIsSending] = useState(false)
  const busy = useRef(false)

  async function send(draft: OrderDraft): Promise<Placed | null> {
    if (busy.current) return null
    busy.current = true
    setIsSending(true)
    try {
      const answer = await takeOrder({ restaurant: slug, key: draft.key, order: draftOrder(draft) })
      setFailure(answer.ok ? null : answer)
      return answer.ok ? answer.order : null
    } catch {
      setFailure(NO_CONTACT)
      return null
    } finally {
      busy.current = false
      setIsSending(false)
    }
  }
  return { send, isSending, failure, forget: () => setFailure(null) }
}
