'use client'

import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import { Button } from '@/app/_ui/button'
import { moneyText } from '@/domain/money-input'
import { useMenuEdits } from './menu-edits'

/**
 * A price that opens into a field: Enter or a click opens it, Enter saves, Escape leaves it as it was. A `details`, so
 * that it opens and saves without JavaScript too.
 */
export function PriceCell({
  dish,
  name,
  price,
  shown,
  currency,
  isDraft,
}: {
  dish: number
  name: string
  /** Cents. */
  price: number
  /** The price as it is read. */
  shown: string
  currency: string
  /** The dish is shown as the change set makes it. */
  isDraft: boolean
}) {
  const { submit, answer, isPending, changeSetId } = useMenuEdits()
  const details = useRef<HTMLDetailsElement>(null)
  const typed = answer?.ok === false && answer.values?.dish === String(dish) ? answer.values.value : undefined
  const error = typed === undefined || answer?.ok !== false ? undefined : answer.fields?.value
  const text = moneyText(price, currency)

  const close = () => {
    if (!details.current?.open) return
    details.current.open = false
    details.current.querySelector('summary')?.focus()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer once
  useEffect(() => {
    if (answer?.ok && answer.cell.dish === dish) close()
  }, [answer])
  // At once, not by the toggle event: that comes a moment later, and what was typed by then would be typed over.
  const onOpen = (event: MouseEvent) => {
    if (!details.current || details.current.open) return
    event.preventDefault()
    details.current.open = true
    details.current.querySelector<HTMLInputElement>('[name=value]')?.select()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.current?.open) return
    details.current.querySelector('form')?.reset()
    close()
  }
  return (
    <details ref={details} open={error !== undefined} className="relative" onKeyDown={onKeyDown}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button */}
      <summary
        onClick={onOpen}
        aria-label={`Price of ${name}: ${shown}. Change it`}
        className="grid min-h-11 cursor-pointer list-none content-center justify-items-end rounded-md border border-transparent px-2 hover:border-edge hover:bg-surface md:min-h-7 [&::-webkit-details-marker]:hidden"
      >
        <span className="underline decoration-edge decoration-dotted underline-offset-4">{shown}</span>
        {isDraft ? <small>not live yet</small> : null}
      </summary>
      <form
        action={submit}
        className="absolute top-full right-0 z-10 grid w-64 grid-cols-[minmax(0,1fr)_auto] gap-2 rounded-md border border-edge bg-surface p-2 text-left whitespace-normal shadow-float"
      >
        <input type="hidden" name="field" value="price" />
        <input type="hidden" name="dish" value={dish} />
        <input type="hidden" name="changes" value={changeSetId ?? ''} />
        <input type="hidden" name="was" value={text} />
        <input
          key={`${price} ${typed}`}
          name="value"
          aria-label={`New price of ${name} in ${currency}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `price-${dish}-error` : undefined}
          defaultValue={typed ?? text}
          inputMode="decimal"
          autoComplete="off"
          required
          className="min-h-11 min-w-0 rounded-md border border-edge bg-surface px-2 text-right md:min-h-8"
        />
        <Button variant="primary" aria-busy={isPending}>
          Save
        </Button>
        {error ? (
          <p id={`price-${dish}-error`} role="alert" className="col-span-full text-red">
            {error}
          </p>
        ) : null}
      </form>
    </details>
  )
}
