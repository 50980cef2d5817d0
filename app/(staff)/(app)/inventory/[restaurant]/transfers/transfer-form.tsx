'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import type { StockedIngredient } from '@/db/queries/stocked-ingredients'
import { IngredientDatalist, IngredientInput, unitOf } from '../ingredient-input'
import { transfer } from './actions'

type Values = { fields?: Record<string, string>; values?: Record<string, string> } | null

/** Rows that a form without a script has. */
const ROWS = 4

/** What goes to another restaurant. `id` makes that a form sent twice moves goods once. */
export function TransferForm({
  restaurant,
  id,
  others,
  ingredients,
  chosen,
}: {
  restaurant: string
  id: string
  others: readonly { slug: string; name: string }[]
  ingredients: readonly StockedIngredient[]
  /** The ingredient that the address named. */
  chosen: string
}) {
  const { answer, times, form } = useFormAction(transfer)
  const failure = answer?.ok === false ? answer : null
  const [rows, setRows] = useState(ROWS)
  return (
    <form {...form} className="grid max-w-3xl gap-3 pb-8">
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="id" value={failure?.values?.id ?? id} />
      <IngredientDatalist ingredients={ingredients} />
      <SelectField
        name="to"
        label="To"
        defaultValue={failure?.values?.to ?? others[0]?.slug}
        error={failure?.fields?.to}
        className="max-w-80"
      >
        {others.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </SelectField>
      <fieldset className="grid gap-2">
        <legend className="pb-1 font-semibold">What goes</legend>
        {Array.from({ length: rows }, (_, place) => (
          <GoodsRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the form
            key={`${times} ${place}`}
            place={place}
            ingredients={ingredients}
            failure={failure}
            chosen={place === 0 ? chosen : ''}
            onFill={place === rows - 1 ? () => setRows(rows + 1) : undefined}
          />
        ))}
        {failure?.fields?.lines ? <p className="text-red">{failure.fields.lines}</p> : null}
      </fieldset>
      <TextField
        key={times}
        name="note"
        label="Note"
        autoComplete="off"
        maxLength={1000}
        defaultValue={failure?.values?.note ?? ''}
        error={failure?.fields?.note}
      />
      <FormMessage>{failure && !failure.fields ? failure.message : null}</FormMessage>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary">Transfer</Button>
        <p role="status" className="empty:hidden">
          {answer?.ok ? `Transferred to ${answer.target}.` : null}
        </p>
      </div>
    </form>
  )
}

function GoodsRow({
  place,
  ingredients,
  failure,
  chosen,
  onFill,
}: {
  place: number
  ingredients: readonly StockedIngredient[]
  failure: Values
  chosen: string
  /** The last row was begun. */
  onFill: (() => void) | undefined
}) {
  const [name, setName] = useState(chosen)
  const unit = unitOf(ingredients, name)
  const field = (part: 'ingredient' | 'quantity') => ({
    name: `lines.${place}.${part}`,
    error: failure?.fields?.[`lines.${place}.${part}`],
    defaultValue: failure?.values?.[`lines.${place}.${part}`] ?? (part === 'ingredient' ? chosen : ''),
    labelHidden: place > 0,
  })
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_2.5rem] items-start gap-2">
      <IngredientInput
        {...field('ingredient')}
        label={place > 0 ? `Ingredient ${place + 1}` : 'Ingredient'}
        onChange={(event) => {
          setName(event.target.value)
          onFill?.()
        }}
      />
      <TextField
        {...field('quantity')}
        label={place > 0 ? `Quantity ${place + 1}` : 'Quantity'}
        inputMode="decimal"
        autoComplete="off"
      />
      <span className={place > 0 ? 'pt-3 text-muted md:pt-2' : 'pt-9 text-muted md:pt-8'}>{unit}</span>
    </div>
  )
}
