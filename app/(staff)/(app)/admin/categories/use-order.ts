'use client'

import { unstable_rethrow } from 'next/navigation'
import { useActionState, useEffect, useOptimistic, useRef, useState, useTransition } from 'react'
import type { ListedCategory } from '@/db/queries/categories'
import { orderCategory } from './actions'
import { movedTo } from './order'

type Result = Awaited<ReturnType<typeof orderCategory>> | null

const UNREACHED = 'Brigade could not be reached, so the order stayed as it was. Move it again in a moment.'

/** The order as it is shown while it is being saved, and what became of it. */
export function useOrder(categories: readonly ListedCategory[], changeSetId: number | null) {
  const [posted, dispatch] = useActionState<Result, FormData>(orderCategory, null)
  const [message, setMessage] = useState(posted?.ok === false ? posted.message : '')
  const [said, setSaid] = useState('')
  const [isPending, startTransition] = useTransition()
  const [shown, showMoved] = useOptimistic(categories, (before, move: string) => {
    const order = movedTo(
      before.map(({ id }) => id),
      move,
    )
    return order.flatMap((id) => before.find((category) => category.id === id) ?? [])
  })
  const seen = categories.map(({ id }) => id).join(',')
  const pressed = useRef<HTMLElement | null>(null)

  // A row that moves takes the focus from its button.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it says when
  useEffect(() => {
    if (pressed.current && document.activeElement === document.body) pressed.current.focus()
  }, [shown])

  const move = (text: string) => {
    if (isPending) return
    const before = categories.map(({ id }) => id)
    const after = movedTo(before, text)
    if (after.join(',') === seen) return
    pressed.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    const id = Number(text.split(' ')[0])
    startTransition(async () => {
      showMoved(text)
      const result = await orderCategory({ seen, move: text, changes: String(changeSetId ?? '') }).catch(
        (error) => {
          unstable_rethrow(error)
          return { ok: false, message: UNREACHED } as const
        },
      )
      startTransition(() => {
        setMessage(result.ok ? '' : result.message)
        const name = categories.find((category) => category.id === id)?.name
        setSaid(result.ok ? `${name} now stands at place ${after.indexOf(id) + 1} of ${after.length}.` : '')
      })
    })
  }
  return { dispatch, seen, shown, message, said, move, isPending }
}
