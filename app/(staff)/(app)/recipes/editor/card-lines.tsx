'use client'

import { type KeyboardEvent, type RefObject, useLayoutEffect } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form/record-form'
import { SortableRows } from '@/app/_ui/form/sortable-rows'
import { useFreshErrors } from '@/app/_ui/form/use-fresh-errors'
import type { Rows } from '@/app/_ui/form/use-rows'
import type { MoneyFormat } from '@/app/_ui/money'
import { MOST_PORTIONS } from '@/domain/portion'
import { CardLine } from './card-line'
import styles from './card-lines.module.css'
import { blankRow, type IngredientsByName, type LineFigures, rowOf, type TypedRow } from './figures'
import { typedIn } from './typed-in'
import { portionsIn, unitOf } from './values'

export const lineName = (row: TypedRow, place: number): string => row.ingredient.trim() || `line ${place + 1}`

/** The card's lines, with the number of portions that their amounts are for. */
export function CardLines({
  list,
  rows,
  figures,
  known,
  form,
  isNew,
  format,
  portions,
  portionsText,
  onPortions,
}: {
  list: RefObject<HTMLOListElement | null>
  rows: Rows<TypedRow>
  /** Of each row. */
  figures: readonly LineFigures[]
  known: IngredientsByName
  form: FormView
  isNew: boolean
  format: MoneyFormat
  portions: number
  portionsText: string
  onPortions: (text: string) => void
}) {
  const errorOf = useFreshErrors(form, 'lines', rows.rows)
  useTypedBefore(list, rows, { isNew, portionsText, onPortions })
  const add = () => rows.insert(rows.rows.length - 1, blankRow(portions))
  const onEnter = (place: number) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    if (event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    if (place === rows.rows.length - 1) add()
    else rows.focus(place + 1)
  }
  return (
    <section aria-labelledby="card" className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-2">
        <h2 id="card" className="text-lg font-semibold">
          Recipe card
        </h2>
        {/* Without scripts it would say another number of the same amounts. */}
        <div className={isNew ? 'flex items-start gap-2' : 'flex items-start gap-2 noscript:hidden'}>
          <label htmlFor={form.field('lines.portions').id} className="pt-2 text-muted md:pt-1.5">
            Amounts are for
          </label>
          <TextField
            label="Portions"
            labelHidden
            inputMode="numeric"
            autoComplete="off"
            maxLength={String(MOST_PORTIONS).length}
            className="w-20"
            id={form.field('lines.portions').id}
            name="lines.portions"
            error={form.error('lines.portions')}
            value={portionsText}
            onChange={(event) => onPortions(event.target.value)}
          />
          <span className="pt-2 text-muted md:pt-1.5">{portions === 1 ? 'portion' : 'portions'}</span>
        </div>
      </div>
      {form.error('lines') ? <p className="pb-2 text-red">{form.error('lines')}</p> : null}
      <div className={styles.head} aria-hidden="true">
        <span />
        <span>Ingredient</span>
        <span>Amount</span>
        <span>Unit</span>
        <span>Notes</span>
        <span className={styles.cost}>Cost</span>
        <span />
      </div>
      <SortableRows
        list={list}
        label="Lines of the card"
        rows={rows}
        nameOf={lineName}
        className={styles.row ?? ''}
      >
        {(row, place, key) => (
          <CardLine
            row={row}
            place={place}
            figures={figures[place]}
            known={known}
            portions={portions}
            format={format}
            errorOf={(field) => errorOf(key, field)}
            onEdit={(change) => rows.edit(key, change)}
            onKeyDown={onEnter(place)}
          />
        )}
      </SortableRows>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-2">
        <Button
          name="more"
          value="lines"
          onClick={(event) => {
            event.preventDefault()
            add()
          }}
        >
          Add line
        </Button>
        <span className="text-sm text-muted max-md:hidden noscript:hidden">
          Enter goes to the next line, Alt with ↑ or ↓ moves one.
        </span>
        <span className="hidden text-sm text-muted noscript:inline">
          Lines without an ingredient are left out.
        </span>
      </p>
    </section>
  )
}

/**
 * A quick person has typed before the page came alive: what the fields hold then counts. A number of portions typed
 * until then says what the amounts of a new card are for; those of a known card were shown for one, and are scaled.
 */
function useTypedBefore(
  list: RefObject<HTMLElement | null>,
  rows: Rows<TypedRow>,
  {
    isNew,
    portionsText,
    onPortions,
  }: { isNew: boolean; portionsText: string; onPortions: (text: string) => void },
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useLayoutEffect(() => {
    const form = list.current?.closest('form')
    const typedPortions = typedIn(form, 'lines.portions') ?? portionsText
    const shownFor = portionsIn(portionsText) ?? 1
    const portions = isNew ? (portionsIn(typedPortions) ?? shownFor) : shownFor
    for (const [place, { key, row }] of rows.rows.entries()) {
      const read = (field: 'ingredient' | 'quantity' | 'unit' | 'notes') =>
        typedIn(form, `lines.${place}.${field}`) ?? row[field]
      const typed = {
        ingredient: read('ingredient'),
        quantity: read('quantity'),
        unit: unitOf(read('unit')),
        notes: read('notes'),
      }
      const isSame = Object.entries(typed).every(([field, text]) => row[field as keyof typeof typed] === text)
      if (!isSame) rows.edit(key, rowOf(typed, portions))
    }
    if (typedPortions !== portionsText) onPortions(typedPortions)
  }, [])
}
