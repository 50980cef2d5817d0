import Link from 'next/link'
import { LinkButton } from '@/app/_ui/button'
import { classes } from '@/app/_ui/classes'
import { Empty } from '@/app/_ui/empty'
import type { MoneyFormat } from '@/app/_ui/money'
import type { RecipePage } from '@/db/queries/recipe-search'
import { RECIPE_SORTS, type RecipeSearch, type RecipeSort } from '@/domain/recipe-search'
import { localTime } from '../../../_ui/local-time'
import { recipeLines } from './recipe-lines'
import { RecipeTable } from './recipe-table'
import type { RecipesData } from './recipes-data'
import { isFiltered, recipesHref, unfilteredHref } from './search-params'

/** How many there are and in which order, the page of them, and the way to the next; or why there are none. */
export function RecipeResults({
  data: { answered: search, instead, page, facets },
  format,
  timeZone,
  showCosts,
}: {
  data: RecipesData
  format: MoneyFormat
  timeZone: string
  showCosts: boolean
}) {
  const isWhole = !search.after && !page.next
  return (
    <section
      aria-label="Recipes found"
      className="transition-opacity delay-150 group-aria-busy:opacity-50 lg:col-start-2"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pb-1">
        <p>
          <span role="status" className="font-semibold">
            {isWhole
              ? countWords(page.rows.length, false, format.locale)
              : countWords(Math.max(facets.total, page.rows.length), facets.about, format.locale)}
            {instead === null ? null : ` for “${instead}”`}
          </span>{' '}
          <time dateTime={facets.asOf.toISOString()} className="text-sm text-muted">
            as of {localTime(facets.asOf, timeZone, format.locale)}
          </time>
        </p>
        {page.rows.length === 0 ? null : <OrderLinks search={search} />}
      </div>
      {instead === null ? null : (
        <p className="pb-2 text-muted">
          No recipe has the words as you wrote them; these have the nearest ones.
        </p>
      )}
      {page.rows.length === 0 ? (
        <NoRecipes search={search} />
      ) : (
        <>
          <RecipeTable lines={recipeLines(page.rows, format)} sort={search.sort} showCosts={showCosts} />
          <Pages search={search} page={page} />
        </>
      )}
    </section>
  )
}

function countWords(total: number, about: boolean, locale: string): string {
  const noun = total === 1 ? 'recipe' : 'recipes'
  return `${about ? 'About ' : ''}${total.toLocaleString(locale)} ${noun}`
}

const ORDER_WORDS: Record<RecipeSort, string> = {
  relevance: 'Best match',
  prep: 'Quickest',
  newest: 'Newest',
  title: 'Title',
}

function OrderLinks({ search }: { search: RecipeSearch }) {
  const orders = RECIPE_SORTS.filter((sort) => sort !== 'relevance' || search.words !== '')
  return (
    <nav aria-label="Order" className="-mx-2 flex flex-wrap">
      {orders.map((sort) => (
        <Link
          key={sort}
          href={recipesHref(search, { sort })}
          prefetch={false}
          scroll={false}
          aria-current={sort === search.sort ? 'true' : undefined}
          className={classes(
            'inline-flex min-h-11 items-center rounded-md px-2 md:min-h-7',
            sort === search.sort ? 'bg-wash font-semibold' : 'text-muted hover:bg-wash hover:text-ink',
          )}
        >
          {ORDER_WORDS[sort]}
        </Link>
      ))}
    </nav>
  )
}

/** Pages are known by where they begin, so there is a next one and a first one, and "back" for the one before. */
function Pages({ search, page: { next } }: { search: RecipeSearch; page: RecipePage }) {
  if (!next && !search.after) return null
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
      {search.after ? <LinkButton href={recipesHref(search)}>First page</LinkButton> : null}
      {next ? <LinkButton href={recipesHref(search, { after: next })}>Next page</LinkButton> : null}
    </nav>
  )
}

function NoRecipes({ search }: { search: RecipeSearch }) {
  if (search.after)
    return (
      <Empty
        title="There are no more recipes"
        action={<LinkButton href={recipesHref(search)}>Go to the first page</LinkButton>}
      >
        The list ends before this page; recipes may have changed since its link was made.
      </Empty>
    )
  if (!isFiltered(search))
    return (
      <Empty title="The recipe book is empty">
        Each recipe that the chain’s chefs write appears here, with its card, its cost and what is like it.
      </Empty>
    )
  return (
    <Empty
      title="No recipe is like this"
      action={<LinkButton href={unfilteredHref(search)}>Show all recipes</LinkButton>}
    >
      Take off one of the filters above: the counts beside the choices say what each would leave.
    </Empty>
  )
}
