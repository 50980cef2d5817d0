import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { prepared } from '@/app/_server/mise'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { PageHeader } from '@/app/_ui/page-header'
import { getRecipeStatistics, type RecipeStatistics } from '@/db/queries/recipe-statistics'
import { RECIPES_TAG } from '@/domain/cache-tags'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import { CuisineCharts } from './cuisine-charts'
import { CuisineTable } from './cuisine-table'
import { average, share } from './figures'

export const metadata: Metadata = { title: 'Cuisines' }

/** Follows the rollup too, which tells nobody. */
const recipeStatistics = prepared({
  name: 'cuisine statistics',
  key: (_scope: ChainScope) => '',
  tags: () => [RECIPES_TAG],
  freshSeconds: 600,
  load: (scope) => getRecipeStatistics(database(), scope),
})

/** What the recipe book is made of, cuisine by cuisine, against the whole book. */
export default async function CuisinesPage() {
  const scope = await requireChain()
  const [{ overall, cuisines }, { locale }] = await Promise.all([recipeStatistics(scope), readerFormat()])
  return (
    <>
      <PageHeader title="Cuisines" note="of the recipe book">
        <LinkButton href="/recipes">Search recipes</LinkButton>
      </PageHeader>
      {overall.recipes === 0 ? (
        <Empty title="The recipe book is empty">
          Each cuisine appears here with its figures once there are recipes of it.
        </Empty>
      ) : (
        <>
          <Overall overall={overall} cuisines={cuisines.length} locale={locale} />
          <CuisineCharts overall={overall} cuisines={cuisines} locale={locale} />
          <section aria-labelledby="figures">
            <h2 id="figures" className="pb-1 text-lg font-semibold">
              All figures
            </h2>
            <CuisineTable cuisines={cuisines} locale={locale} />
            <p className="max-w-prose pt-3 text-muted">
              Prep time and difficulty are averages, with easy as 1, medium as 2 and hard as 3; quick is under{' '}
              {QUICK_MINUTES} minutes.
            </p>
          </section>
        </>
      )}
    </>
  )
}

function Overall({
  overall,
  cuisines,
  locale,
}: {
  overall: RecipeStatistics['overall']
  cuisines: number
  locale: string
}) {
  const ofAll = (recipes: number) => `${share(recipes, overall.recipes, locale)} of all recipes`
  return (
    <FigureRow>
      <Figure
        label="Recipes"
        value={overall.recipes.toLocaleString(locale)}
        compare={`in ${cuisines.toLocaleString(locale)} ${cuisines === 1 ? 'cuisine' : 'cuisines'}`}
      />
      <Figure label="Average prep time" value={average(overall.averagePrepMinutes, locale)} unit="min" />
      <Figure
        label={`Quick, under ${QUICK_MINUTES} min`}
        value={overall.quick.toLocaleString(locale)}
        compare={ofAll(overall.quick)}
      />
      <Figure
        label="Italian"
        value={overall.italian.toLocaleString(locale)}
        compare={ofAll(overall.italian)}
      />
    </FigureRow>
  )
}
