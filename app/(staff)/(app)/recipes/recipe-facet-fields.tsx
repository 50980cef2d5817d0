import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import type { ReactNode } from 'react'
import { FilterChip } from '@/app/_ui/chip'
import { DIET_LETTERS, DIET_WORDS } from '@/app/_ui/diet-words'
import { SelectField } from '@/app/_ui/field'
import type { IngredientName } from '@/db/queries/ingredients'
import type { RecipeFacets } from '@/db/queries/recipe-facets'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import type { RestaurantSettings } from '@/domain/scope'
import { DifficultyMarks } from './difficulty-marks'
import { IngredientField } from './ingredient-field'
import styles from './recipes.module.css'
import { type RecipesView, recipesHref } from './search-params'

type Props = {
  view: RecipesView
  facets: RecipeFacets
  suggested: readonly IngredientName[]
  restaurants: readonly RestaurantSettings[]
  /** Of counts, made once: making one costs more than all that it writes. */
  number: Intl.NumberFormat
}

/** Beyond these, the rarer cuisines are folded away. */
const CUISINES_SHOWN = 16

/** The ways to narrow a search, each choice with how many recipes it would leave. On a phone they are folded. */
export function RecipeFacetFields({ view, facets, suggested, restaurants, number }: Props) {
  const { search } = view
  return (
    <details className={styles.facets} open={view.find !== ''}>
      <summary className="flex min-h-11 items-center gap-2 rounded-md border border-edge bg-surface px-3 font-semibold">
        <SlidersHorizontal size={16} aria-hidden />
        Filters
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 pt-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)] lg:pt-0">
        <Group title="Ingredients">
          <IngredientField view={view} suggested={suggested} />
          <SelectField
            name="stock"
            label="Everything in stock in"
            defaultValue={search.stockedAt ?? ''}
            data-value={search.stockedAt ?? ''}
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
          <QuickChip view={view} facets={facets} number={number} />
          <NumberField name="prep" label="Prep, at most" unit="min" value={search.maxPrepMinutes} />
          <NumberField
            name="experience"
            label="Chef, at least"
            unit="years"
            value={search.minChefExperience}
          />
        </Group>
        <Group title="Difficulty">
          {facets.difficulties.map(({ difficulty, recipes }) => (
            <Choice
              key={difficulty}
              name="difficulty"
              value={difficulty}
              checked={search.difficulties.includes(difficulty)}
              count={number.format(recipes)}
            >
              <span>{difficulty}</span>
              <span aria-hidden="true">
                <DifficultyMarks difficulty={difficulty} />
              </span>
            </Choice>
          ))}
        </Group>
        <Group title="Diet">
          {facets.diets.map(({ diet, recipes }) => (
            <Choice
              key={diet}
              name="diet"
              value={diet}
              checked={search.diets.includes(diet)}
              count={`${facets.aboutDiets && !facets.about && recipes > 0 ? '≈ ' : ''}${number.format(recipes)}`}
            >
              <span>{DIET_WORDS[diet]}</span>
              <span aria-hidden="true">{DIET_LETTERS[diet]}</span>
            </Choice>
          ))}
        </Group>
        <Group title="Cuisine">
          <Cuisines view={view} facets={facets} number={number} />
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

function Cuisines({ view: { search }, facets, number }: Pick<Props, 'view' | 'facets' | 'number'>) {
  const gone = search.cuisines
    .filter((name) => !facets.cuisines.some(({ cuisine }) => cuisine === name))
    .map((cuisine) => ({ cuisine, recipes: 0 }))
  const all = [...gone, ...facets.cuisines]
  const isFirst = (cuisine: string, place: number) =>
    place < CUISINES_SHOWN || search.cuisines.includes(cuisine)
  const choices = (isShown: boolean) =>
    all
      .filter(({ cuisine }, place) => isFirst(cuisine, place) === isShown)
      .map(({ cuisine, recipes }) => (
        <Choice
          key={cuisine}
          name="cuisine"
          value={cuisine}
          checked={search.cuisines.includes(cuisine)}
          count={number.format(recipes)}
        >
          <span>{cuisine}</span>
        </Choice>
      ))
  const folded = choices(false)
  return (
    <>
      {choices(true)}
      {folded.length > 0 ? (
        <details>
          <summary className="flex min-h-11 items-center px-2 text-muted underline lg:min-h-7">
            {folded.length} more
          </summary>
          {folded}
        </details>
      ) : null}
    </>
  )
}

function Choice({
  name,
  value,
  checked,
  count,
  children,
}: {
  name: string
  value: string
  checked: boolean
  count: string
  children: ReactNode
}) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      {children}
      <small>{count}</small>
    </label>
  )
}

/** What takes less than half an hour; pressed again it takes itself off. */
function QuickChip({ view: { search }, facets, number }: Pick<Props, 'view' | 'facets' | 'number'>) {
  const isOn = search.maxPrepMinutes === QUICK_MINUTES - 1
  return (
    <p className="pb-1">
      <FilterChip
        href={recipesHref(search, { maxPrepMinutes: isOn ? null : QUICK_MINUTES - 1 })}
        active={isOn}
        count={number.format(facets.quick)}
      >
        Under {QUICK_MINUTES} min
      </FilterChip>
    </p>
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
