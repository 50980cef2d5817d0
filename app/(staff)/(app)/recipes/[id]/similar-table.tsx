import Link from 'next/link'
import { Fragment } from 'react'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { SimilarRecipe } from '@/db/queries/similar-recipes'
import { SHARED_AT_LEAST } from '@/domain/similar-recipes'
import { DifficultyMarks } from '../difficulty-marks'
import { recipeHref } from './search-params'

/** The recipes that share most with this one, and what: the rarest first, staples last and said to be such. */
export function SimilarTable({ similar, locale }: { similar: SimilarRecipe[]; locale: string }) {
  return (
    <section aria-labelledby="similar" className="lg:col-span-2">
      <h2 id="similar" className="text-lg font-semibold">
        Similar recipes
      </h2>
      {similar.length === 0 ? (
        <p className="pt-1 text-muted">No other recipe shares {SHARED_AT_LEAST} ingredients with this one.</p>
      ) : (
        <>
          <p className="max-w-prose pt-1 pb-2 text-muted">
            They share at least {SHARED_AT_LEAST} ingredients with this one; a rare one counts more than a
            staple.
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
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link href={recipeHref(original.id)} prefetch={false}>
        {original.title}
      </Link>
    ),
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
