'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { CHANNEL_WORDS, placeOf } from '../../words'
import type { Placed } from './use-sending'

/** The number to call, big, and the way to the next order under the finger that sent this one. */
export function PlacedPanel({
  slug,
  order,
  format,
  onNext,
}: {
  slug: string
  order: Placed
  format: MoneyFormat
  onNext: () => void
}) {
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => next.current?.focus(), [])
  return (
    <div role="status" className="grid max-w-xl justify-items-start gap-4 border-y border-line py-8">
      <p className="text-lg">Order placed</p>
      <p className="text-[7rem] leading-none font-semibold tabular-nums">#{order.callNumber}</p>
      <p className="text-lg">
        {placeOf(order)} · {CHANNEL_WORDS[order.channel]} · <Money cents={order.total} format={format} />
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <Button
          ref={next}
          variant="primary"
          type="button"
          onClick={onNext}
          className="min-h-14 px-6 md:min-h-14"
        >
          Next order
        </Button>
        <Link href={`/orders/${slug}/${order.id}`} prefetch={false} className="underline">
          See this order
        </Link>
      </div>
    </div>
  )
}
