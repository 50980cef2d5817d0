'use client'

import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { useFormAction } from '@/app/_ui/form/use-form-action'
import { FormMessage } from '@/app/_ui/form-message'
import type { StockedIngredient } from '@/db/queries/stocked-ingredients'
import { WASTE_REASONS } from '@/domain/vocabulary'
import { WASTE_WORDS } from '../../words'
import { IngredientDatalist, IngredientInput, unitOf } from '../ingredient-input'
import { writeOff } from './actions'

type Values = { fields?: Record<string, string>; values?: Record<string, string> } | null

/** What was thrown away, how much, and why. `id` makes that a form sent twice writes off once. */
export function WasteForm({
  restaurant,
  id,
  ingredients,
  chosen,
}: {
  restaurant: string
  id: string
  ingredients: readonly StockedIngredient[]
  /** The ingredient that the address named. */
  chosen: string
}) {
  const { answer, times, form } = useFormAction(writeOff)
  const failure = answer?.ok === false ? answer : null
  return (
    <form {...form} className="grid max-w-3xl gap-3 pb-8">
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="id" value={failure?.values?.id ?? id} />
      <IngredientDatalist ingredients={ingredients} />
      <WasteFields key={times} ingredients={ingredients} chosen={chosen} failure={failure} />
      <FormMessage>{failure && !failure.fields ? failure.message : null}</FormMessage>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary">Write off</Button>
        <p role="status" className="empty:hidden">
          {answer?.ok ? `Written off: ${answer.what}.` : null}
        </p>
      </div>
    </form>
  )
}

function WasteFields({
  ingredients,
  chosen,
  failure,
}: {
  ingredients: readonly StockedIngredient[]
  chosen: string
  failure: Values
}) {
  const [name, setName] = useState(chosen)
  const unit = unitOf(ingredients, name)
  return (
    <>
      <div className="grid items-start gap-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <IngredientInput
          name="ingredient"
          label="Ingredient"
          defaultValue={failure?.values?.ingredient ?? chosen}
          error={failure?.fields?.ingredient}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <TextField
          name="quantity"
          label={unit ? `Quantity, ${unit}` : 'Quantity'}
          hint={unit ? undefined : 'In the ingredient’s unit.'}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={failure?.values?.quantity ?? ''}
          error={failure?.fields?.quantity}
          required
        />
        <SelectField
          name="reason"
          label="Why"
          defaultValue={failure?.values?.reason ?? WASTE_REASONS[0]}
          error={failure?.fields?.reason}
        >
          {WASTE_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {WASTE_WORDS[reason]}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        name="note"
        label="Note"
        autoComplete="off"
        maxLength={1000}
        defaultValue={failure?.values?.note ?? ''}
        error={failure?.fields?.note}
      />
    </>
  )
}
