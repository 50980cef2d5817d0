import Link from 'next/link'
import { RemovableChip } from '@/app/_ui/chip'
import { DIET_WORDS } from '@/app/_ui/diet-words'
import type { IngredientName } from '@/db/queries/ingredients'
import { QUICK_MINUTES, type RecipeSearch } from '@/domain/recipe-search'
import type { RestaurantScope } from '@/domain/scope'
import { isFiltered, recipesHref, unfilteredHref } from './search-params'

/** More than these nobody takes off one by one. */
const MOST_CHIPS = 12

/** What narrows the search, each a chip that takes itself off. */
export function ActiveFilters({
  search,
  named,
  stock,
}: {
  search: RecipeSearch
  named: readonly IngredientName[]
  stock: RestaurantScope | null
}) {
  if (!isFiltered(search)) return null
  const filters = activeFilters(search, new Map(named.map(({ id, name }) => [id, name])), stock)
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
      {filters.slice(0, MOST_CHIPS).map(({ name, without }) => (
        <li key={name} className="max-w-full">
          <RemovableChip name={name} href={recipesHref(search, without)} />
        </li>
      ))}
      {filters.length > MOST_CHIPS ? (
        <li className="text-muted">and {filters.length - MOST_CHIPS} more</li>
      ) : null}
      {filters.length > 1 ? (
        <li>
          <Link
            href={unfilteredHref(search)}
            prefetch={false}
            className="inline-flex min-h-11 items-center px-1 underline md:min-h-7"
          >
            Clear all
          </Link>
        </li>
      ) : null}
    </ul>
  )
}

type Filter = { name: string; without: Partial<RecipeSearch> }

function activeFilters(
  search: RecipeSearch,
  names: ReadonlyMap<number, string>,
  stock: RestaurantScope | null,
): Filter[] {
  const { words, cuisines, difficulties, diets, maxPrepMinutes, minChefExperience, contains, excludes } =
    search
  const ingredient = (id: number) => names.get(id) ?? `ingredient no. ${id}, which there is not`
  const filters: (Filter | null)[] = [
    words ? { name: `“${words}”`, without: { words: '' } } : null,
    ...cuisines.map((name) => ({ name, without: { cuisines: cuisines.filter((other) => other !== name) } })),
    ...difficulties.map((name) => ({
      name,
      without: { difficulties: difficulties.filter((other) => other !== name) },
    })),
    ...diets.map((diet) => ({
      name: DIET_WORDS[diet].toLowerCase(),
      without: { diets: diets.filter((other) => other !== diet) },
    })),
    maxPrepMinutes === null ? null : { name: prepWords(maxPrepMinutes), without: { maxPrepMinutes: null } },
    minChefExperience === null
      ? null
      : { name: `chef with ${minChefExperience} years or more`, without: { minChefExperience: null } },
    ...contains.map((id) => ({
      name: `with ${ingredient(id)}`,
      without: { contains: contains.filter((other) => other !== id) },
    })),
    ...excludes.map((id) => ({
      name: `without ${ingredient(id)}`,
      without: { excludes: excludes.filter((other) => other !== id) },
    })),
    stock ? { name: `in stock in ${stock.restaurant.name}`, without: { stockedAt: null } } : null,
  ]
  return filters.filter((filter) => filter !== null)
}

const prepWords = (minutes: number): string =>
  minutes === QUICK_MINUTES - 1 ? `under ${QUICK_MINUTES} min` : `${minutes} min or less`
