'use client'

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'
import {
  addDish,
  draftTotal,
  isEmpty,
  type OrderDraft,
  type PriceChange,
  removeLine,
  reprice,
  setLine,
} from '@/domain/order-draft'
import { DishGrid } from './dish-grid'
import { DishSearch } from './dish-search'
import { DraftLines } from './draft-lines'
import { GuestFields } from './guest-fields'
import { PlacedPanel } from './placed-panel'
import { PriceChanges } from './price-changes'
import { useDraft } from './use-draft'
import { useMenu } from './use-menu'
import { type Placed, useSending } from './use-sending'

/** Takes an order with the keyboard alone or by touch. Nothing but sending and "Clear" ever empties it. */
export function OrderEntry({
  slug,
  dishes,
  format,
}: {
  slug: string
  dishes: DishToOrder[]
  format: MoneyFormat
}) {
  const { menu, refresh } = useMenu(slug, dishes)
  const { draft, setDraft, begin, isKnown } = useDraft(slug)
  const { send, isSending, failure, forget } = useSending(slug)
  const [changes, setChanges] = useState<PriceChange[]>([])
  const [placed, setPlaced] = useState<Placed | null>(null)
  const [cleared, setCleared] = useState<OrderDraft | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const byId = new Map(menu.map((dish) => [dish.id, dish]))

  // Whoever takes an order sees each new price, and what it was, before it is sent.
  useEffect(() => {
    const repriced = reprice(draft, new Map(menu.map((dish) => [dish.id, dish])))
    if (repriced.changes.length === 0) return
    setDraft(repriced.draft)
    setChanges((known) => [...known.filter(isOther(repriced.changes)), ...repriced.changes])
  }, [draft, menu, setDraft])

  useEffect(() => {
    if (isKnown && !placed) search.current?.focus()
  }, [isKnown, placed])

  function change(next: OrderDraft) {
    setDraft(next)
    setCleared(null)
    forget()
  }

  function add(dish: DishToOrder, quantity = 1) {
    if (!dish.off) change(addDish(draft, dish, quantity))
  }

  async function submit(wanted: OrderDraft = draft) {
    if (!isKnown || wanted.lines.length === 0) return search.current?.focus()
    const order = await send(wanted)
    if (!order) return refresh()
    begin()
    setChanges([])
    setPlaced(order)
  }

  function next() {
    begin()
    setPlaced(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.isDefaultPrevented()) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // A field is finished, not the order.
      event.preventDefault()
      search.current?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      search.current?.focus()
    }
  }

  /** Up and down between search, lines and the guest's fields. */
  function leave(from: 'search' | 'lines', direction: 'up' | 'down') {
    const quantities = list.current?.querySelectorAll<HTMLInputElement>('input[data-quantity]')
    if (from === 'search' && quantities && quantities.length > 0)
      quantities[direction === 'down' ? 0 : quantities.length - 1]?.focus()
    else if (direction === 'down') place.current?.focus()
    else search.current?.focus()
  }

  if (placed) return <PlacedPanel slug={slug} order={placed} format={format} onNext={next} />
  const total = <Money cents={draftTotal(draft)} format={format} />
  const portions = draft.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <form
      aria-label="New order"
      aria-busy={isSending}
      onKeyDown={onKeyDown}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void submit()
      }}
      className="flex flex-col gap-x-8 gap-y-4 noscript:hidden lg:grid lg:grid-cols-[minmax(0,1fr)_26rem] lg:grid-rows-[auto_1fr]"
    >
      <DishSearch
        input={search}
        menu={menu}
        format={format}
        onAdd={add}
        onQuantity={(quantity) => change(setLine(draft, draft.lines.length - 1, { quantity }))}
        onLeave={(direction) => leave('search', direction)}
      />
      <section
        aria-label="This order"
        // On a phone its parts stand in the form itself, so that total and button stay in sight below the whole menu.
        className="grid-cols-[minmax(0,1fr)] content-start gap-4 max-lg:contents max-lg:*:order-3 lg:grid lg:col-start-2 lg:row-span-2 lg:row-start-1"
      >
        {draft.lines.length === 0 ? (
          <p className="border-y border-line py-4 text-muted">
            No dish yet. Type its name or number and press Enter, or tap it.
          </p>
        ) : (
          <DraftLines
            list={list}
            lines={draft.lines}
            menu={byId}
            format={format}
            onChange={(at, changed) => change(setLine(draft, at, changed))}
            onRemove={(at) => change(removeLine(draft, at))}
            onLeave={(direction) => leave('lines', direction)}
          />
        )}
        <GuestFields draft={draft} place={place} onChange={(changed) => change({ ...draft, ...changed })} />
        <PriceChanges changes={changes} format={format} />
        <FormMessage>{failure?.message}</FormMessage>
        {failure?.reason === 'key_reused' ? (
          <Button type="button" onClick={() => void sendAsFurther()}>
            Send it as a further order
          </Button>
        ) : null}
        <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] -mx-4 flex items-center justify-between gap-4 border-t border-line bg-paper px-4 py-3 md:bottom-0 lg:static lg:mx-0 lg:border-t-0 lg:px-0">
          <p>
            <span className="text-muted">{portions === 1 ? '1 dish' : `${portions} dishes`}</span>
            <output className="block text-2xl font-semibold">{total}</output>
          </p>
          <Button
            variant="primary"
            disabled={!isKnown || draft.lines.length === 0}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            className="min-h-14 grow px-6 text-lg md:min-h-14"
          >
            {isSending ? 'Sending…' : 'Send to the kitchen'}
          </Button>
        </div>
        <p className="flex flex-wrap items-center gap-x-4 text-sm text-muted max-md:hidden">
          ↑ ↓ between lines · digits set the quantity · Enter adds · ⌘ or Ctrl + Enter sends
        </p>
        {isEmpty(draft) && !cleared ? null : (
          <p>
            <Button
              variant="quiet"
              type="button"
              onClick={() => {
                if (cleared) setDraft(cleared)
                else begin()
                setCleared(cleared ? null : draft)
                setChanges([])
                search.current?.focus()
              }}
            >
              {cleared ? 'Undo clearing' : 'Clear this order'}
            </Button>
          </p>
        )}
      </section>
      <div className="max-lg:order-2">
        <DishGrid menu={menu} format={format} quantities={quantitiesOf(draft)} onAdd={add} />
      </div>
    </form>
  )

  /** With a key of its own, since the one it had belongs to an order that was placed. */
  async function sendAsFurther() {
    const further = { ...draft, key: uuidv7() }
    setDraft(further)
    await submit(further)
  }
}

const isOther =
  (changes: readonly PriceChange[]) =>
  ({ menuItemId }: PriceChange): boolean =>
    !changes.some((change) => change.menuItemId === menuItemId)

function quantitiesOf({ lines }: OrderDraft): Map<number, number> {
  const quantities = new Map<number, number>()
  for (const { menuItemId, quantity } of lines)
    quantities.set(menuItemId, (quantities.get(menuItemId) ?? 0) + quantity)
  return quantities
}
