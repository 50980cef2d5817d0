'use client'

import { useEffect, useState } from 'react'
import type { DishComponent } from '@/domain/all-day'
import type { Station } from '@/domain/vocabulary'
import { read, write } from './storage'

export type BookDish = { id: number; name: string; station: Station }
type DishBook = { dishes: BookDish[]; components: DishComponent[] }

const NOTHING: DishBook = { dishes: [], components: [] }
const keyOf = (slug: string) => `brigade:dishes:${slug}`

/** The dishes of this restaurant and what they take from its batches; asked for whenever the contact was found. */
export function useDishBook(slug: string, isConnected: boolean): DishBook {
  const [book, setBook] = useState(NOTHING)

  useEffect(() => {
    const kept = read<DishBook>(keyOf(slug))
    if (kept) setBook(kept)
  }, [slug])

  useEffect(() => {
    if (!isConnected) return
    const controller = new AbortController()
    fetch(`/kitchen/${slug}/dishes`, { redirect: 'manual', signal: controller.signal })
      .then(async (response) => {
        if (!response.ok) return
        const told: DishBook = await response.json()
        setBook(told)
        write(keyOf(slug), told)
      })
      // No answer: what is known stays, and the next contact asks again.
      .catch(() => {})
    return () => controller.abort()
  }, [slug, isConnected])

  return book
}
