import Link from 'next/link'
import { Fragment } from 'react'
import { Bar } from '@/app/_ui/bar'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { SimilarRecipe } from '@/db/queries/similar-recipes'
import { SHARED_AT_LEAST } from '@/domain/similar-recipes'
import { DifficultyMarks } from '../difficulty-marks'
import { recipeHref } from './search-params'

/** The recipes that share most with this one, and what: the rarest first, staples last and said to be such. */
export function SimilarTable({ similar, locale }: { similar: SimilarRecipe[]; locale: string }) {
  return (
    <section aria-labelledby="similar" className="lg:col-span-full">
      <h2 id="similar" className="text-lg font-semibold">
        Similar recipes
      </h2>
      {similar.length === 0 ? (
        <p className="pt-1 text-muted">No other recipe shares {SHARED_AT_LEAST} ingredients with this one.</p>
      ) : (
        <>
          <p className="max-w-prose pt-1 pb-2 text-muted">
            They share at least {SHARED_AT_LEAST} ingredients with this one. The fewer recipes have an
            ingredient, the more it counts: saffron says more than salt. A full match has all that is on this
            card; a staple is in every tenth recipe or more.
          </p>
          <DataTable
            caption="Similar recipes"
            columns={columnsOf(locale)}
            rows={similar}
            rowId={({ id }) => String(id)}
          />
        </>
      )}
    </section>
  )
}

const column = columnsFor<SimilarRecipe>()

const columnsOf = (locale: string) => [
  column.accessor('title', {
    header: 'Recipe',
    meta: { rowHeader: true, className: 'min-w-28 wrap-anywhere' },
    cell: ({ row: { original } }) => (
      <Link href={recipeHref(original.id)} prefetch={false}>
        {original.title}
      </Link>
    ),
  }),
  column.accessor('match', {
    header: 'Match',
    meta: { align: 'end' },
    cell: ({ getValue }) => <Match share={getValue()} locale={locale} />,
  }),
  column.accessor('shared', {
    header: 'Shares',
    meta: { className: 'w-1/2' },
    cell: ({ getValue }) => <Shared shared={getValue()} />,
  }),
  column.accessor('cuisine', { header: 'Cuisine', meta: { wideOnly: true, className: 'whitespace-nowrap' } }),
  column.accessor('difficulty', {
    header: 'Difficulty',
    meta: { wideOnly: true },
    cell: ({ getValue }) => <DifficultyMarks difficulty={getValue()} />,
  }),
  column.accessor('prepMinutes', {
    header: 'Prep min',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => getValue().toLocaleString(locale),
  }),
]

/** The bar stands before its figure; a phone has room for the figure only. */
const Match = ({ share, locale }: { share: number; locale: string }) => (
  <span className="flex items-center justify-end gap-3">
    <span className="w-16 max-xl:hidden">
      <Bar value={share} max={1} />
    </span>
    {Math.round(share * 100).toLocaleString(locale)}&nbsp;%
  </span>
)

/** The number first, since the names of some cards are long. */
const Shared = ({ shared }: { shared: SimilarRecipe['shared'] }) => (
  <>
    <span className="text-muted">{shared.length}: </span>
    {shared.map(({ ingredientId, name, staple }, place) => (
      <Fragment key={ingredientId}>
        {place > 0 ? ', ' : null}
        {staple ? <span className="text-muted">{name} (staple)</span> : name}
      </Fragment>
    ))}
  </>
)
