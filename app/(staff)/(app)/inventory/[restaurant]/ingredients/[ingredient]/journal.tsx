import Link from 'next/link'
import { LinkButton } from '@/app/_ui/button'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { StockMovement } from '@/db/queries/stock-movements'
import type { Unit } from '@/domain/vocabulary'
import { momentWords, signedAmount } from '../../../figures'
import { MOVEMENT_WORDS } from '../../../words'
import { type IngredientView, ingredientViewHref } from './search-params'

type Props = {
  slug: string
  ingredientId: number
  view: IngredientView
  movements: StockMovement[]
  older: string | null
  unit: Unit
  timeZone: string
  locale: string
}

const column = columnsFor<StockMovement>()

/** Every movement of one ingredient here, newest first: what on hand is the sum of. */
export function Journal({ slug, ingredientId, view, movements, older, unit, timeZone, locale }: Props) {
  const href = (before: string | null) =>
    `${ingredientViewHref(slug, ingredientId, { ...view, before })}#journal`
  return (
    <section aria-labelledby="journal">
      <h2 id="journal" className="pb-2 text-lg font-semibold">
        Journal
      </h2>
      {movements.length === 0 ? (
        <p className="text-muted">Nothing moved{view.before ? ' before that' : ' yet'}.</p>
      ) : (
        <DataTable
          caption="Movements, the newest first"
          columns={[
            column.accessor('createdAt', {
              header: 'When',
              meta: { className: 'whitespace-nowrap' },
              cell: ({ row: { original } }) => momentWords(original.createdAt.getTime(), timeZone, locale),
            }),
            column.display({
              id: 'what',
              header: 'What',
              meta: { rowHeader: true, className: 'w-full' },
              cell: ({ row: { original } }) => <What slug={slug} movement={original} />,
            }),
            column.accessor('quantity', {
              header: `Quantity, ${unit}`,
              meta: { align: 'end' },
              cell: ({ row: { original } }) => signedAmount(original.quantity, locale),
            }),
          ]}
          rows={movements}
          rowId={({ id }) => id}
        />
      )}
      {older === null && view.before === null ? null : (
        <nav aria-label="Pages of the journal" className="flex justify-end gap-2 py-3">
          {view.before === null ? null : <LinkButton href={href(null)}>Newest</LinkButton>}
          {older === null ? null : <LinkButton href={href(older)}>Earlier</LinkButton>}
        </nav>
      )}
    </section>
  )
}

function What({
  slug,
  movement: { kind, orderId, documentId, by, note },
}: {
  slug: string
  movement: StockMovement
}) {
  const words = MOVEMENT_WORDS[kind]
  const href =
    orderId !== null
      ? `/orders/${slug}/${orderId}`
      : kind === 'count' && documentId !== null
        ? `/inventory/${slug}/counts/${documentId}`
        : null
  const about = [by, note].filter(Boolean).join(' · ')
  return (
    <>
      {href ? (
        <Link href={href} prefetch={false}>
          {words}
        </Link>
      ) : (
        words
      )}
      {about ? <span className="pl-2 text-muted wrap-anywhere">{about}</span> : null}
    </>
  )
}
