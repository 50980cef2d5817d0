'use client'

import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { classes } from '@/app/_ui/classes'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'
import { findDishes, parseEntry } from '@/domain/order-draft'

const SUGGESTIONS = 8

/**
 * Type-ahead over the dishes by name or number: Enter adds the one that is marked, `3 ris` three of it, `3x` alone sets
 * the quantity of the last line. Arrows choose; with nothing typed they lead to the lines.
 */
export function DishSearch({
  input,
  menu,
  format,
  onAdd,
  onQuantity,
  onLeave,
}: {
  input: RefObject<HTMLInputElement | null>
  menu: readonly DishToOrder[]
  format: MoneyFormat
  onAdd: (dish: DishToOrder, quantity: number) => void
  onQuantity: (quantity: number) => void
  onLeave: (direction: 'up' | 'down') => void
}) {
  const id = useId()
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const { quantity, words } = parseEntry(text)
  const found = findDishes(menu, words, SUGGESTIONS)
  const chosen = found[Math.min(marked, found.length - 1)]

  function type(next: string) {
    setText(next)
    setMarked(0)
  }

  function add(dish: DishToOrder) {
    if (dish.off) return
    onAdd(dish, quantity ?? 1)
    type('')
  }

  function onKeyDown(event: KeyboardEvent) {
    // Half a character of an input method is nothing to act on; ⌘ and Ctrl are the form's.
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (found.length > 0) setMarked((marked + step + found.length) % found.length)
      else if (text === '') onLeave(step === 1 ? 'down' : 'up')
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault()
      type('')
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen) add(chosen)
      else if (words === '' && quantity !== null) {
        onQuantity(quantity)
        type('')
      }
    }
  }

  return (
    <div className="relative">
      <input
        ref={input}
        role="combobox"
        aria-label="Add a dish by name or number"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder="Dish or number, “3 ris” for three"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="enter"
        maxLength={100}
        className="min-h-14 w-full rounded-md border border-edge bg-surface px-4 text-lg placeholder:text-base placeholder:text-muted"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Dishes found"
        className={classes(
          'absolute inset-x-0 top-full z-20 mt-1 rounded-md border border-line bg-surface py-1 shadow-float',
          text === '' && 'hidden',
        )}
      >
        {found.map((dish) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
          <div
            key={dish.id}
            id={`${id}-${dish.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={dish === chosen}
            aria-disabled={dish.off}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(dish)}
            className={classes(
              'flex min-h-11 items-center gap-3 px-4',
              dish === chosen && 'bg-wash',
              !dish.off && 'cursor-pointer',
            )}
          >
            <span className="w-10 shrink-0 text-end text-muted">{dish.id}</span>
            <span className={classes('min-w-0 grow', dish.off ? 'text-muted line-through' : 'font-semibold')}>
              {dish.name}
            </span>
            {dish.off ? (
              <span className="text-red">86’d</span>
            ) : (
              <span className="shrink-0 whitespace-nowrap">
                {quantity ? `${quantity} × ` : ''}
                <Money cents={dish.price} format={format} />
              </span>
            )}
          </div>
        ))}
      </div>
      {text !== '' && found.length === 0 ? (
        <p
          role="status"
          className="absolute inset-x-0 top-full z-20 mt-1 rounded-md border border-line bg-surface px-4 py-3 text-muted shadow-float"
        >
          {words === '' && quantity !== null
            ? `Enter makes the last line ${quantity}.`
            : 'No dish is called like this here.'}
        </p>
      ) : null}
    </div>
  )
}
