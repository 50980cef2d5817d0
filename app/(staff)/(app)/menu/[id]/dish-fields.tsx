'use client'

import { useEffect, useRef, useState } from 'react'
import { CheckboxField, SelectField, TextArea, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form/record-form'
import type { MoneyFormat } from '@/app/_ui/money'
import type { DishSurroundings, RecipeFacts } from '@/db/queries/dish-form'
import { STATIONS } from '@/domain/vocabulary'
import { STATION_WORDS } from '../station-words'
import { DishFigures } from './dish-figures'
import { useRecipe } from './use-recipe'

/** The fields of a dish, beside what follows from them: cost and margin, calories, allergens. */
export function DishFields({
  form,
  categories,
  recipe: initial,
  format,
}: {
  form: FormView
  categories: DishSurroundings['categories']
  /** The recipe that the form begins with. */
  recipe: RecipeFacts | null
  format: MoneyFormat
}) {
  const top = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState({
    price: form.values.price ?? '',
    recipe: form.values.recipeId ?? '',
    calories: form.values.calories ?? '',
  })
  const { recipe, suggestions } = useRecipe(typed.recipe, initial)

  // Fields are the browser's own: what is typed before the page is alive counts too.
  useEffect(() => {
    const element = top.current?.closest('form')
    if (!element) return
    const read = () => {
      const data = new FormData(element)
      const text = (name: string) => String(data.get(name) ?? '')
      setTyped({ price: text('price'), recipe: text('recipeId'), calories: text('calories') })
    }
    read()
    element.addEventListener('input', read)
    return () => element.removeEventListener('input', read)
  }, [])

  return (
    <div ref={top} className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid content-start gap-4 sm:grid-cols-2">
        <TextField
          {...form.field('name')}
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          className="sm:col-span-2"
        />
        <TextArea
          {...form.field('description')}
          label="Description"
          hint="What guests read below the name."
          maxLength={2000}
          className="sm:col-span-2"
        />
        <TextField
          {...form.field('price')}
          label={`Price in ${format.currency}`}
          hint="Restaurants with a price of their own keep it."
          required
          inputMode="decimal"
          autoComplete="off"
        />
        <SelectField {...form.field('categoryId')} label="Category" required>
          <option value="">Choose</option>
          {categories.map(({ id, name, isActive }) => (
            <option key={id} value={id}>
              {isActive ? name : `${name} (off)`}
            </option>
          ))}
        </SelectField>
        <div className="sm:col-span-2">
          <TextField
            {...form.field('recipeId')}
            label="Recipe"
            hint={
              recipe
                ? `No. ${recipe.id}: ${recipe.title}`
                : 'Type words of its title, or its number in the recipe book. Empty for what needs none.'
            }
            list="recipe-suggestions"
            maxLength={250}
            autoComplete="off"
          />
          <datalist id="recipe-suggestions">
            {suggestions.map(({ id, title }) => (
              <option key={id} value={`${id} · ${title}`}>
                {title}
              </option>
            ))}
          </datalist>
        </div>
        <SelectField {...form.field('station')} label="Station" required>
          <option value="">Choose</option>
          {STATIONS.map((station) => (
            <option key={station} value={station}>
              {STATION_WORDS[station]}
            </option>
          ))}
        </SelectField>
        <TextField
          {...form.field('prepMinutes')}
          label="Prep minutes"
          hint={recipe ? `The recipe says ${recipe.prepMinutes}.` : undefined}
          required
          inputMode="numeric"
          autoComplete="off"
        />
        <TextField
          {...form.field('calories')}
          label="Calories"
          hint={
            recipe?.calories
              ? `Leave it empty for ${recipe.calories} kcal, as the recipe says.`
              : 'For one portion, in kcal.'
          }
          inputMode="numeric"
          autoComplete="off"
        />
        <div className="grid content-start">
          <CheckboxField {...form.checkbox('isAvailable')} label="On the menu" />
          <CheckboxField
            {...form.checkbox('isFeatured')}
            label="Featured"
            hint="Stands first in its category."
          />
        </div>
        <input type="hidden" name="photo" defaultValue={form.values.photo ?? ''} />
      </div>
      <DishFigures price={typed.price} calories={typed.calories} recipe={recipe} format={format} />
    </div>
  )
}
