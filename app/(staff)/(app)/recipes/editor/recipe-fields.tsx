'use client'

import { memo, useMemo, useRef, useState } from 'react'
import { EnterButton } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form/record-form'
import { useRows } from '@/app/_ui/form/use-rows'
import type { MoneyFormat } from '@/app/_ui/money'
import type { RecipeChoices, SellingDish } from '@/db/queries/recipe-choices'
import { DIFFICULTIES, difficultyOf } from '@/domain/recipe'
import { chefLabel } from '@/domain/recipe-form'
import { CardLines, lineName } from './card-lines'
import { CardSummary } from './card-summary'
import { DishNotice } from './dish-notice'
import { figuresOf, ingredientsByName, rescaled, type TypedRow } from './figures'
import { MethodSteps } from './method-steps'
import { linesIn, portionsIn } from './values'

export const RECIPE_LABELS = {
  title: 'Name',
  cuisine: 'Cuisine',
  prepMinutes: 'Prep time',
  difficulty: 'Difficulty',
  chef: 'Chef',
  calories: 'Energy a portion',
  lines: 'Card line',
  steps: 'Step',
}

const LINES = { ofNew: 6, ofKnown: 1 }

/** The fields of a recipe: what it is, its card with what that costs, and its method. */
export function RecipeFields({
  form,
  isNew,
  choices,
  dishes,
  changeSetName,
  format,
}: {
  form: FormView
  isNew: boolean
  choices: RecipeChoices
  dishes: SellingDish[]
  changeSetName: string | null
  format: MoneyFormat
}) {
  const list = useRef<HTMLOListElement>(null)
  const rows = useRows<TypedRow>(list, linesIn(form.values, isNew ? LINES.ofNew : LINES.ofKnown), lineName)
  const [portionsText, setPortionsText] = useState(form.values['lines.portions'] ?? '1')
  const [portions, setPortions] = useState(portionsIn(portionsText) ?? 1)
  const known = useMemo(() => ingredientsByName(choices.ingredients), [choices.ingredients])
  const figures = rows.rows.map(({ row }) => figuresOf(row, portions, known))
  return (
    <>
      <EnterButton />
      <section aria-label="Recipe" className="grid max-w-4xl grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-6">
        <TextField
          label={RECIPE_LABELS.title}
          required
          maxLength={200}
          autoComplete="off"
          className="col-span-2 md:col-span-4"
          {...form.field('title')}
        />
        <TextField
          label={RECIPE_LABELS.cuisine}
          required
          maxLength={100}
          list="cuisines"
          autoComplete="off"
          className="col-span-2"
          {...form.field('cuisine')}
        />
        <TextField
          label={RECIPE_LABELS.chef}
          required
          maxLength={220}
          list="chefs"
          autoComplete="off"
          className="col-span-2"
          {...form.field('chef')}
        />
        <TimeFields form={form} />
        <TextField
          label={`${RECIPE_LABELS.calories}, kcal`}
          inputMode="numeric"
          maxLength={6}
          autoComplete="off"
          className="col-span-2"
          {...form.field('calories')}
        />
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 pt-2 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <CardLines
          list={list}
          rows={rows}
          figures={figures}
          known={known}
          form={form}
          isNew={isNew}
          format={format}
          portions={portions}
          portionsText={portionsText}
          onPortions={(text) => {
            setPortionsText(text)
            const next = portionsIn(text)
            if (next === null) return
            setPortions(next)
            rows.editAll((row) => rescaled(row, next, known))
          }}
        />
        <CardSummary figures={figures} portions={portions} dishes={dishes} format={format} />
        <MethodSteps form={form} isNew={isNew} />
      </div>
      <DishNotice dishes={dishes} changeSetName={changeSetName} />
      <Choices choices={choices} />
    </>
  )
}

/** Minutes, and the difficulty that follows from them unless the cook says another. */
function TimeFields({ form }: { form: FormView }) {
  const field = form.field('prepMinutes')
  const difficulty = form.field('difficulty')
  const [minutes, setMinutes] = useState(field.defaultValue)
  const usual = /^\d{1,5}$/.test(minutes.trim()) ? difficultyOf(Number(minutes)) : null
  return (
    <>
      <TextField
        label={`${RECIPE_LABELS.prepMinutes}, minutes`}
        required
        inputMode="numeric"
        maxLength={5}
        autoComplete="off"
        {...field}
        onInput={(event) => setMinutes(event.currentTarget.value)}
      />
      <SelectField label={RECIPE_LABELS.difficulty} {...difficulty}>
        <option value="">{usual ? `by time: ${usual}` : 'by time'}</option>
        {DIFFICULTIES.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </SelectField>
    </>
  )
}

/** The names that fields suggest: some thousands, and the same ones whatever is typed. */
const Choices = memo(function Choices({ choices }: { choices: RecipeChoices }) {
  return (
    <>
      <Names id="cuisines" names={choices.cuisines} />
      <Names
        id="chefs"
        names={choices.chefs.map(({ id, name, isShared }) => chefLabel(name, id, isShared))}
      />
      <Names id="ingredients" names={choices.ingredients.map(({ name }) => name)} />
    </>
  )
})

const Names = ({ id, names }: { id: string; names: readonly string[] }) => (
  <datalist id={id}>
    {names.map((name) => (
      <option key={name} value={name} />
    ))}
  </datalist>
)
