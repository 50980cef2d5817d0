'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useTransition } from 'react'
import { Button } from '@/app/_ui/button'

/** Dates as a GET form. With JavaScript the page stays as it is until the other days are there. */
export function RangeForm({ action, children }: { action: string; children: ReactNode }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()

  function show(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === 'string') query.append(name, value)
    startTransition(() => router.push(`${action}?${query}`, { scroll: false }))
  }

  return (
    <form
      action={action}
      onSubmit={show}
      aria-busy={isPending}
      className="grid grid-cols-2 items-end gap-2 max-md:w-full md:flex"
    >
      {children}
      <Button className="col-span-2" aria-busy={isPending}>
        {isPending ? 'Adding up…' : 'Show'}
      </Button>
    </form>
  )
}
