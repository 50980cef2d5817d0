import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { recipeSearchParams } from '@/domain/recipe-search'
import { chainScope, roleMay } from '@/domain/scope'
import { ActiveFilters } from './active-filters'
import { facetChoices } from './facet-choices'
import { IngredientField } from './ingredient-field'
import { RecipeFacetFields } from './recipe-facet-fields'
import { RecipeResults } from './recipe-results'
import { loadRecipes } from './recipes-data'
import { SearchField } from './search-field'
import { SearchForm } from './search-form'
import { readRecipesView } from './search-params'

export const metadata: Metadata = { title: 'Recipes' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The chain's recipe book: by words, cuisine, time, difficulty, chef and ingredient, or what the stock allows. */
export default async function RecipesPage({ searchParams }: Props) {
  const view = readRecipesView(await searchParams)
  const { search } = view
  const person = await requirePerson()
  const scope = await requireChain()
  const stock = search.stockedAt ? await requireRestaurant(search.stockedAt) : null
  const costs = chainScope(person, 'stock:read')
  const [format, data] = await Promise.all([
    readerFormat(),
    loadRecipes(database(), scope, view, { stock, costs }),
  ])
  return (
    <>
      <PageHeader title="Recipes">
        <ExportLink list="recipes" query={recipeSearchParams({ ...search, after: null })} />
        <LinkButton href="/recipes/cuisines">Cuisines in figures</LinkButton>
        {roleMay(person.role, 'menu:edit') ? <LinkButton href="/recipes/new">New recipe</LinkButton> : null}
      </PageHeader>
      <SearchForm className="group grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <div className="grid gap-3 lg:col-start-2">
          <SearchField search={search} />
          <ActiveFilters search={search} named={data.ingredients.named} stock={stock} />
        </div>
        <RecipeFacetFields
          choices={facetChoices(view, data.facets, format.locale)}
          stockedAt={search.stockedAt}
          maxPrepMinutes={search.maxPrepMinutes}
          minChefExperience={search.minChefExperience}
          restaurants={person.restaurants.map(({ slug, name }) => ({ slug, name }))}
          isOpen={view.find !== ''}
          ingredients={<IngredientField view={view} suggested={data.ingredients.suggested} />}
        />
        <RecipeResults
          data={data}
          format={format}
          timeZone={(stock?.restaurant ?? person.restaurants[0])?.timeZone ?? 'UTC'}
          showCosts={costs !== null}
        />
      </SearchForm>
    </>
  )
}
