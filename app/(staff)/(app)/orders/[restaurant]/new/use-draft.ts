'use client'

import { useCallback, useEffect, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { emptyDraft, isEmpty, type OrderDraft, orderDraft } from '@/domain/order-draft'

/** Nothing reads it: until the browser's draft is known nobody can send one. */
const UNKNOWN = emptyDraft('')

/** The order that is being taken in this tab. It survives a reload, and has its key from when it was begun. */
export function useDraft(slug: string) {
  const name = `brigade.order.${slug}`
  const [draft, setDraft] = useState<OrderDraft>(UNKNOWN)

  useEffect(() => setDraft(readDraft(name) ?? emptyDraft(uuidv7())), [name])

  useEffect(() => {
    if (draft === UNKNOWN) return
    try {
      if (isEmpty(draft)) sessionStorage.removeItem(name)
      else sessionStorage.setItem(name, JSON.stringify(draft))
    } catch {
      // A browser that stores nothing takes orders all the same.
    }
  }, [name, draft])

  const begin = useCallback(() => setDraft(emptyDraft(uuidv7())), [])
  return { draft, setDraft, begin, isKnown: draft !== UNKNOWN }
}

function readDraft(name: string): OrderDraft | null {
  try {
    return orderDraft.safeParse(JSON.parse(sessionStorage.getItem(name) ?? 'null')).data ?? null
  } catch {
    return null
  }
}
