'use client'

import type { KeyboardEvent } from 'react'
import { Button } from '@/app/_ui/button'
import type { DishLine } from './dish-lines'
import { OPEN_PRICE, useMenuEdits } from './menu-edits'

/**
 * A price that opens into a field: Enter or a click opens it, Enter saves, Escape leaves it as it was. Only those that
 * are open have a form. The button belongs to one above the table, which without JavaScript fetches the page with the
 * field open.
 */
export function PriceCell({ dish, isOpen }: { dish: DishLine; isOpen: boolean }) {
  return (
    <>
      <button
        type="submit"
        form={OPEN_PRICE}
        name="price"
        value={dish.id}
        aria-label={`Price of ${dish.name}: ${dish.price}. Change it`}
        aria-expanded={isOpen}
      >
        {dish.isDraft ? <PriceOfDraft price={dish.price} /> : dish.price}
      </button>
      {isOpen ? <PriceForm dish={dish} /> : null}
    </>
  )
}

const PriceOfDraft = ({ price }: { price: string }) => (
  <>
    <span>{price}</span>
    <small>not live yet</small>
  </>
)

function PriceForm({ dish: { id, name, priceText } }: { dish: DishLine }) {
  const { submit, answer, isPending, changeSetId, currency, close } = useMenuEdits()
  const typed = answer?.ok === false && answer.values?.dish === String(id) ? answer.values.value : undefined
  const error = typed === undefined || answer?.ok !== false ? undefined : answer.fields?.value
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close(id)
  }
  return (
    <div className="relative">
      <form
        id={`price-${id}`}
        action={submit}
        onKeyDown={onKeyDown}
        className="absolute top-0 right-0 z-10 grid w-64 grid-cols-[minmax(0,1fr)_auto] gap-2 rounded-md border border-edge bg-surface p-2 text-left whitespace-normal shadow-float"
      >
        <input type="hidden" name="field" value="price" />
        <input type="hidden" name="dish" value={id} />
        <input type="hidden" name="changes" value={changeSetId ?? ''} />
        <input type="hidden" name="was" value={priceText} />
        <input
          key={`${priceText} ${typed}`}
          name="value"
          aria-label={`New price of ${name} in ${currency}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `price-${id}-error` : undefined}
          defaultValue={typed ?? priceText}
          inputMode="decimal"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: whoever opened it is about to type
          autoFocus
          required
          className="min-h-11 min-w-0 rounded-md border border-edge bg-surface px-2 text-right md:min-h-8"
        />
        <Button variant="primary" aria-busy={isPending}>
          Save
        </Button>
        {error ? (
          <p id={`price-${id}-error`} role="alert" className="col-span-full text-red">
            {error}
          </p>
        ) : null}
      </form>
    </div>
  )
}
