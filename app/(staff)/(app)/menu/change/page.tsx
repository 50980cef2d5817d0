import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { type DishToChange, listDishesToChange } from '@/db/queries/menu-bulk'
import { type BulkChange, bulkValue } from '@/domain/bulk-change'
import { type MenuView, menuHref, menuParams, readMenuView } from '../search-params'
import { BulkApply } from './bulk-apply'
import { ChangeForm } from './change-form'
import { type ChangeFields, readChange } from './change-params'
import { type PreviewRow, PreviewTable } from './preview-table'
import { seenText } from './seen'

export const metadata: Metadata = { title: 'Change many dishes' }

type SearchParams = Record<string, string | string[] | undefined>

/** Changes many dishes at once: which, what, and a preview of every row before anything is written. */
export default async function ChangeDishesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const scope = await requireChain('menu:edit')
  const format = await readerFormat()
  const given = await searchParams
  const view: MenuView = { ...readMenuView(given, format.currency), restaurant: null }
  const isAll = given.of === 'all'
  const ids = isAll ? [] : tickedIds(given.dish)
  const { dishes, categories } = await listDishesToChange(database(), scope, {
    selection: isAll ? { filter: view, isOnMenu: view.status === 'available' } : { ids },
  })
  const back = menuHref(view, format.currency)
  const fields = readFields(given)
  const read = readChange(fields, format.currency)
  const keep = [
    ...Object.entries(menuParams({ ...view, page: 1 }, format.currency)),
    ...ids.map((id) => ['dish', String(id)] as const),
    ['of', isAll ? 'all' : 'ticked'] as const,
  ]
  const header = (
    <PageHeader
      title="Change many dishes"
      note={`${dishes.length.toLocaleString(format.locale)} ${dishes.length === 1 ? 'dish' : 'dishes'}, in the whole chain`}
    >
      <LinkButton href={back}>Back to the menu</LinkButton>
    </PageHeader>
  )
  if (dishes.length === 0) {
    return (
      <>
        {header}
        <Empty title="No dish is chosen" action={<LinkButton href={back}>Choose dishes</LinkButton>}>
          Tick dishes in the list, or filter it and change all that it finds.
        </Empty>
      </>
    )
  }
  return (
    <>
      {header}
      <ChangeForm
        keep={keep}
        fields={fields}
        error={read.ok ? null : read.error}
        categories={categories}
        format={format}
      />
      {read.ok ? (
        <Preview
          key={JSON.stringify(fields)}
          dishes={dishes}
          change={read.change}
          fields={fields}
          back={back}
          categories={new Map(categories.map(({ id, name }) => [id, name]))}
          format={format}
        />
      ) : null}
    </>
  )
}

function Preview({
  dishes,
  change,
  fields,
  back,
  categories,
  format,
}: {
  dishes: DishToChange[]
  change: BulkChange
  fields: ChangeFields
  back: string
  categories: ReadonlyMap<number, string>
  format: { currency: string; locale: string }
}) {
  const { rows, same, impossible } = planOf(dishes, change)
  const count = (number: number) => number.toLocaleString(format.locale)
  const notes = [
    same > 0 && `${count(same)} ${same === 1 ? 'stays as it is' : 'stay as they are'}`,
    impossible > 0 && `${count(impossible)} would cost less than nothing, or too much, and stay as they are`,
  ].filter(Boolean)
  const note = notes.length > 0 ? <p className="text-muted">{notes.join('; ')}.</p> : null
  return (
    // It stays while the numbers below it change: what was done is told in its place.
    <BulkApply
      fields={fields}
      seen={seenText(rows)}
      label={rows.length === 1 ? 'Change 1 dish' : `Change ${count(rows.length)} dishes`}
      back={back}
      isEmpty={rows.length === 0}
    >
      {note}
      {rows.length > 0 ? (
        <PreviewTable rows={rows} field={change.field} categories={categories} format={format} />
      ) : (
        <Empty title="Nothing would change">Every one of these dishes is like that already.</Empty>
      )}
    </BulkApply>
  )
}

/** The rows that change, and how many stay: because they are so already, or because no such price can be. */
function planOf(dishes: readonly DishToChange[], change: BulkChange) {
  const rows: PreviewRow[] = []
  let impossible = 0
  for (const { id, name, category, ...dish } of dishes) {
    const was = dish[change.field]
    const to = bulkValue(change, was)
    if (to === null) impossible++
    else if (to !== was) rows.push({ id, name, category, was, to })
  }
  return { rows, impossible, same: dishes.length - rows.length - impossible }
}

const tickedIds = (given: string | string[] | undefined): number[] => [
  ...new Set(
    [given ?? []]
      .flat()
      .filter((text) => /^[1-9]\d{0,8}$/.test(text))
      .map(Number),
  ),
]

function readFields(given: SearchParams): ChangeFields {
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, 100) : '')
  return { what: text('what'), by: text('by'), ending: text('ending'), to: text('to') }
}
