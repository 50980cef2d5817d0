'use client'

import Minus from 'lucide-react/icons/minus'
import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import type { KeyboardEvent, RefObject } from 'react'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'
import { type DraftLine, MOST_PORTIONS } from '@/domain/order-draft'

const STEP =
  'grid size-14 shrink-0 place-items-center rounded-md border border-edge hover:bg-wash md:size-11 pointer-coarse:size-14'
const FIELD = 'rounded-md border border-edge bg-surface text-base'

type Props = {
  list: RefObject<HTMLOListElement | null>
  lines: readonly DraftLine[]
  menu: ReadonlyMap<number, DishToOrder>
  format: MoneyFormat
  onChange: (at: number, change: Partial<DraftLine>) => void
  onRemove: (at: number) => void
  /** Up from the first line, or done with one. */
  onLeave: (direction: 'up' | 'down') => void
}

/**
 * The lines of the order. In a quantity, digits replace it, arrows lead to the line above or below, Enter to the note,
 * Delete takes the line off.
 */
export function DraftLines({ list, lines, menu, format, onChange, onRemove, onLeave }: Props) {
  function focusLine(at: number) {
    const quantities = list.current?.querySelectorAll<HTMLInputElement>('input[data-quantity]')
    const wanted = quantities?.[at]
    if (wanted) wanted.focus()
    else onLeave(at < 0 ? 'up' : 'down')
  }

  function onQuantityKey(event: KeyboardEvent<HTMLInputElement>, at: number) {
    if (event.metaKey || event.ctrlKey) return
    if (event.key === 'ArrowUp') focusLine(at - 1)
    else if (event.key === 'ArrowDown') focusLine(at + 1)
    else if (event.key === 'Enter') noteOf(list.current, at)?.focus()
    else if (event.key === 'Delete') {
      onRemove(at)
      // The next line takes its place once it is drawn.
      requestAnimationFrame(() => focusLine(Math.min(at, lines.length - 2)))
    } else return
    event.preventDefault()
  }

  function onNoteKey(event: KeyboardEvent<HTMLInputElement>, at: number) {
    if (event.metaKey || event.ctrlKey) return
    if (event.key === 'ArrowUp') focusLine(at - 1)
    else if (event.key === 'ArrowDown') focusLine(at + 1)
    else if (event.key === 'Enter') onLeave('up')
    else return
    event.preventDefault()
  }

  return (
    <ol ref={list} aria-label="Dishes ordered" className="border-t border-line">
      {lines.map((line, at) => {
        const dish = menu.get(line.menuItemId)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the ticket
          <li key={at} className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line py-2">
            <div className="flex items-baseline justify-between gap-3">
              <span className="font-semibold wrap-anywhere">
                <span className={dish && !dish.off ? undefined : 'line-through'}>{line.name}</span>
                {dish && !dish.off ? null : (
                  <span className="text-red"> {dish ? '86’d' : 'not on the menu any more'}</span>
                )}
              </span>
              <span className="tabular-nums">
                <Money cents={line.price * line.quantity} format={format} />
              </span>
            </div>
            <div className="flex gap-1">
              <button
                type="button"
                className={STEP}
                aria-label={`One ${line.name} less`}
                onClick={() =>
                  line.quantity === 1 ? onRemove(at) : onChange(at, { quantity: line.quantity - 1 })
                }
              >
                {line.quantity === 1 ? <Trash size={16} aria-hidden /> : <Minus size={16} aria-hidden />}
              </button>
              <input
                data-quantity
                aria-label={`Quantity of ${line.name}`}
                inputMode="numeric"
                autoComplete="off"
                value={line.quantity}
                onFocus={(event) => event.currentTarget.select()}
                onChange={(event) => {
                  const quantity = Number(event.currentTarget.value.replace(/\D/g, '').slice(0, 3))
                  if (quantity >= 1) onChange(at, { quantity })
                  // What follows replaces the figure, as it did when the field was entered.
                  else event.currentTarget.select()
                }}
                onKeyDown={(event) => onQuantityKey(event, at)}
                className={`${FIELD} w-12 shrink-0 text-center font-semibold`}
              />
              <button
                type="button"
                className={STEP}
                aria-label={`One ${line.name} more`}
                disabled={line.quantity >= MOST_PORTIONS}
                onClick={() => onChange(at, { quantity: line.quantity + 1 })}
              >
                <Plus size={16} aria-hidden />
              </button>
              <input
                data-note
                aria-label={`Note for ${line.name}`}
                placeholder="Note"
                autoComplete="off"
                maxLength={500}
                value={line.note}
                onChange={(event) => onChange(at, { note: event.currentTarget.value })}
                onKeyDown={(event) => onNoteKey(event, at)}
                className={`${FIELD} min-w-0 grow px-3 placeholder:text-muted`}
              />
            </div>
          </li>
        )
      })}
    </ol>
  )
}

const noteOf = (list: HTMLOListElement | null, at: number) =>
  list?.querySelectorAll<HTMLInputElement>('input[data-note]')[at]
