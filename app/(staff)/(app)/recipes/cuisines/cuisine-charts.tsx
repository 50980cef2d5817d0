import { BarChart, type BarChartRow } from '@/app/_ui/bar-chart'
import type { RecipeStatistics } from '@/db/queries/recipe-statistics'
import { DIFFICULTIES } from '@/domain/recipe'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import { average, cuisineHref, share } from './figures'

type Cuisine = RecipeStatistics['cuisines'][number]
type Props = RecipeStatistics & { locale: string }

/** Each figure of the table as a ranking of its own. */
export function CuisineCharts({ overall, cuisines, locale }: Props) {
  const ranked = (measure: (cuisine: Cuisine) => number, figureOf: (cuisine: Cuisine) => string) =>
    cuisines
      .map(
        (cuisine): BarChartRow => ({
          label: cuisine.cuisine,
          value: measure(cuisine),
          figure: figureOf(cuisine),
          href: cuisineHref(cuisine.cuisine),
        }),
      )
      .sort((a, b) => b.value - a.value || a.label.localeCompare(b.label, locale))
  const fromZero = (rows: readonly BarChartRow[]) => ({ from: 0, to: rows[0]?.value ?? 0 })

  const recipes = ranked(
    (cuisine) => cuisine.recipes,
    (cuisine) => cuisine.recipes.toLocaleString(locale),
  )
  const prep = ranked(
    (cuisine) => Number(cuisine.averagePrepMinutes),
    (cuisine) => average(cuisine.averagePrepMinutes, locale),
  )
  const difficulty = ranked(
    (cuisine) => Number(cuisine.averageDifficulty),
    (cuisine) => average(cuisine.averageDifficulty, locale, 2),
  )
  const quick = ranked(
    (cuisine) => cuisine.quick / cuisine.recipes,
    (cuisine) => share(cuisine.quick, cuisine.recipes, locale),
  )
  return (
    <>
      <a
        href="#figures"
        className="sr-only rounded-md border border-edge bg-surface focus:not-sr-only focus:absolute focus:z-10 focus:px-3 focus:py-2"
      >
        Skip the charts
      </a>
      <div className="grid gap-x-10 gap-y-8 pb-8 md:grid-cols-2 2xl:grid-cols-4">
        <BarChart title="Recipes" note="Most first" rows={recipes} scale={fromZero(recipes)} />
        <BarChart
          title="Average prep time in minutes"
          note="Longest first"
          rows={prep}
          scale={fromZero(prep)}
          reference={{
            value: Number(overall.averagePrepMinutes),
            label: `The whole book: ${average(overall.averagePrepMinutes, locale)}`,
          }}
        />
        <BarChart
          title="Average difficulty"
          note={`Hardest first, from 1 (${DIFFICULTIES[0]}) to ${DIFFICULTIES.length} (${DIFFICULTIES.at(-1)})`}
          rows={difficulty}
          scale={{ from: 1, to: DIFFICULTIES.length }}
          shape="dot"
          reference={{
            value: Number(overall.averageDifficulty),
            label: `The whole book: ${average(overall.averageDifficulty, locale, 2)}`,
          }}
        />
        <BarChart
          title={`Quick, under ${QUICK_MINUTES} minutes`}
          note="Largest share first"
          rows={quick}
          scale={fromZero(quick)}
          reference={{
            value: overall.quick / overall.recipes,
            label: `The whole book: ${share(overall.quick, overall.recipes, locale)}`,
          }}
        />
      </div>
    </>
  )
}
