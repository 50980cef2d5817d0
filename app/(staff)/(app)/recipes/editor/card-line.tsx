'use client'

import { type KeyboardEvent, useState } from 'react'
import { SelectField, TextField } from '@/app/_ui/field'
import { fieldId } from '@/app/_ui/form/field-names'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { kitchenQuantity } from '@/domain/kitchen-quantity'
import { roundedCents } from '@/domain/plate-cost'
import { unitsLike } from '@/domain/portion'
import { formatQuantity } from '@/domain/quantity'
import { UNITS, type Unit } from '@/domain/vocabulary'
import styles from './card-lines.module.css'
import { type IngredientsByName, ingredientOf, type LineFigures, type TypedRow } from './figures'

/** One line of a card: what, how much, how prepared, and what that costs. */
export function CardLine({
  row,
  place,
  figures,
  known,
  portions,
  format,
  errorOf,
  onEdit,
  onKeyDown,
}: {
  row: TypedRow
  place: number
  figures: LineFigures | undefined
  known: IngredientsByName
  portions: number
  format: MoneyFormat
  errorOf: (field: string) => string | undefined
  onEdit: (change: Partial<TypedRow>) => void
  onKeyDown: (event: KeyboardEvent) => void
}) {
  const [isTyping, setTyping] = useState(false)
  const nth = place + 1
  const control = (field: 'ingredient' | 'quantity' | 'unit' | 'notes') => {
    const name = `lines.${place}.${field}`
    return { id: fieldId(name), name, value: row[field], error: errorOf(field), labelHidden: true, onKeyDown }
  }
  const editAmount = (change: Partial<Pick<TypedRow, 'quantity' | 'unit'>>) => {
    const { quantity, unit } = { ...row, ...change }
    onEdit({ ...change, written: { quantity, unit, portions } })
  }
  const choose = (ingredient: string) => {
    const found = ingredientOf({ ...row, ingredient }, known)
    const fits = found && row.unit !== '' && unitsLike(found.unit, UNITS).includes(row.unit)
    if (!found || fits) return onEdit({ ingredient })
    const unit = COOKS_UNIT[found.unit] ?? found.unit
    onEdit({ ingredient, unit, written: { quantity: row.quantity, unit, portions } })
  }
  const isUnknown = !isTyping && row.ingredient.trim() !== '' && !figures?.ingredient
  const units = figures?.ingredient ? unitsLike(figures.ingredient.unit, UNITS) : UNITS
  return (
    <>
      <TextField
        label={`Ingredient ${nth}`}
        placeholder="Ingredient"
        list="ingredients"
        autoComplete="off"
        maxLength={200}
        className={styles.ingredient}
        data-first=""
        {...control('ingredient')}
        hint={isUnknown ? 'The book has none of this name.' : undefined}
        onChange={(event) => choose(event.target.value)}
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
      />
      <TextField
        label={`Amount ${nth}`}
        placeholder="Amount"
        inputMode="decimal"
        autoComplete="off"
        maxLength={16}
        className={styles.amount}
        {...control('quantity')}
        hint={keptWords(figures, format)}
        onChange={(event) => editAmount({ quantity: event.target.value })}
      />
      <SelectField
        label={`Unit ${nth}`}
        className={styles.unit}
        {...control('unit')}
        onChange={(event) => editAmount({ unit: event.target.value as Unit | '' })}
      >
        {row.unit === '' ? <option value="">unit</option> : null}
        {UNITS.filter((unit) => units.includes(unit) || unit === row.unit).map((unit) => (
          <option key={unit} value={unit}>
            {unit}
          </option>
        ))}
      </SelectField>
      <TextField
        label={`Notes ${nth}`}
        placeholder="Notes"
        autoComplete="off"
        maxLength={500}
        className={styles.notes}
        {...control('notes')}
        onChange={(event) => onEdit({ notes: event.target.value })}
      />
      <output className={styles.cost} aria-label={`Cost of line ${nth}`}>
        {figures?.cost == null ? (
          ''
        ) : (
          <Money cents={roundedCents(figures.cost * BigInt(portions))} format={format} />
        )}
      </output>
    </>
  )
}

/** What a portion is weighed in, of what the book keeps in kilograms or litres. */
const COOKS_UNIT: Partial<Record<Unit, Unit>> = { kg: 'g', l: 'ml' }

/** A batch that does not divide evenly: nobody shall find another amount than was written without being told. */
function keptWords(figures: LineFigures | undefined, format: MoneyFormat): string | undefined {
  if (!figures?.ingredient || !figures.portion || figures.portion.isExact) return undefined
  const { quantity, unit } = kitchenQuantity(figures.portion.quantity, figures.ingredient.unit, 1)
  return `kept as ${formatQuantity(quantity, unit, format.locale)} a portion`
}
