'use client'

import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import type { ReactNode } from 'react'
import { FilterChip } from '@/app/_ui/chip'
import { SelectField } from '@/app/_ui/field'
import { DifficultyMarks } from './difficulty-marks'
import type { FacetChoice, FacetChoices } from './facet-choices'
import styles from './recipes.module.css'

/**
 * The ways to narrow a search, each choice with how many recipes it would leave. On a phone they are folded. A client
 * component so that the dozens of choices travel once, as data, and not as a tree of elements besides.
 */
export function RecipeFacetFields({
  choices,
  stockedAt,
  maxPrepMinutes,
  minChefExperience,
  restaurants,
  isOpen,
  ingredients,
}: {
  choices: FacetChoices
  /** The slug of the restaurant whose stock is to reach. */
  stockedAt: string | null
  maxPrepMinutes: number | null
  minChefExperience: number | null
  restaurants: readonly { slug: string; name: string }[]
  isOpen: boolean
  /** What finds an ingredient. */
  ingredients: ReactNode
}) {
  return (
    <details className={styles.facets} open={isOpen}>
      <summary className="flex min-h-11 items-center gap-2 rounded-md border border-edge bg-surface px-3 font-semibold">
        <SlidersHorizontal size={16} aria-hidden />
        Filters
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 pt-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)] lg:pt-0">
        <Group title="Ingredients">
          {ingredients}
          <SelectField
            name="stock"
            label="Everything in stock in"
            defaultValue={stockedAt ?? ''}
            data-value={stockedAt ?? ''}
          >
            <option value="">Any, in stock or not</option>
            {restaurants.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
        </Group>
        <Group title="Time and chef">
          <p className="pb-1">
            <FilterChip href={choices.quick.href} active={choices.quick.isOn} count={choices.quick.count}>
              Under {choices.quick.minutes} min
            </FilterChip>
          </p>
          <NumberField name="prep" label="Prep, at most" unit="min" value={maxPrepMinutes} />
          <NumberField name="experience" label="Chef, at least" unit="years" value={minChefExperience} />
        </Group>
        <Group title="Difficulty">
          {choices.difficulties.map((choice) => (
            <Choice key={choice.value} name="difficulty" {...choice}>
              <span>{choice.value}</span>
              <span aria-hidden="true">
                <DifficultyMarks difficulty={choice.value} />
              </span>
            </Choice>
          ))}
        </Group>
        <Group title="Diet">
          {choices.diets.map(({ word, letters, ...choice }) => (
            <Choice key={choice.value} name="diet" {...choice}>
              <span>{word}</span>
              <span aria-hidden="true">{letters}</span>
            </Choice>
          ))}
        </Group>
        <Group title="Cuisine">
          <Cuisines all={choices.cuisines} />
          {choices.rareCuisines.length > 0 ? (
            <details>
              <summary className="flex min-h-11 items-center px-2 text-muted underline lg:min-h-7">
                {choices.rareCuisines.length} more
              </summary>
              <Cuisines all={choices.rareCuisines} />
            </details>
          ) : null}
        </Group>
      </div>
    </details>
  )
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="grid content-start gap-1">
    <legend className="pb-1 font-semibold">{title}</legend>
    {children}
  </fieldset>
)

const Cuisines = ({ all }: { all: readonly FacetChoice[] }) =>
  all.map((choice) => (
    <Choice key={choice.value} name="cuisine" {...choice}>
      <span>{choice.value}</span>
    </Choice>
  ))

function Choice({
  name,
  value,
  checked,
  count,
  children,
}: FacetChoice & { name: string; children: ReactNode }) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      {children}
      <small>{count}</small>
    </label>
  )
}

function NumberField({
  name,
  label,
  unit,
  value,
}: {
  name: string
  label: string
  unit: string
  value: number | null
}) {
  return (
    <label className="flex min-h-11 items-center gap-2 px-2 lg:min-h-9">
      <span className="grow">{label}</span>
      <input
        type="text"
        name={name}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        defaultValue={value ?? ''}
        className="min-h-11 w-16 rounded-md border border-edge bg-surface px-2 text-end text-base lg:min-h-8"
      />
      <span className="w-10 text-muted">{unit}</span>
    </label>
  )
}
