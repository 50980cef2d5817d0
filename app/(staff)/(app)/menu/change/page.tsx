import type { Metadata } from 'next'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import type { MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { type DishDraft, type DishToChange, listDishDrafts, listDishesToChange } from '@/db/queries/menu-bulk'
import { type BulkChange, type BulkField, bulkValue } from '@/domain/bulk-change'
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
  const changeSet = await currentChangeSet()
  const found = await listDishesToChange(database(), scope, {
    selection: isAll ? { filter: view, isOnMenu: view.status === 'available' } : { ids },
  })
  const { categories } = found
  const drafts = changeSet
    ? await listDishDrafts(database(), scope, {
        changeSetId: changeSet.id,
        ids: found.dishes.map(({ id }) => id),
      })
    : []
  const dishes = asDrafted(found.dishes, drafts)
  const back = menuHref(view, format.currency)
  const fields = readFields(given)
  const read = readChange(fields, format.currency)
  const keep = [
    ...Object.entries(menuParams({ ...view, page: 1 }, format.currency)),
    ...ids.map((id) => ['dish', String(id)] as const),
    ['of', isAll ? 'all' : 'ticked'] as const,
  ]
  const plan = read.ok ? planOf(dishes, read.change) : null
  const count = (number: number) => number.toLocaleString(format.locale)
  return (
    <>
      <PageHeader
        title="Change many dishes"
        note={`${count(dishes.length)} ${dishes.length === 1 ? 'dish' : 'dishes'}, ${changeSet ? `in the change set “${changeSet.name}”` : 'live in the whole chain'}`}
      >
        <LinkButton href={back}>Back to the menu</LinkButton>
      </PageHeader>
      {dishes.length > 0 ? (
        <ChangeForm
          keep={keep}
          fields={fields}
          error={read.ok ? null : read.error}
          categories={categories}
          format={format}
        />
      ) : null}
      {/* In the same place whatever the list finds: after a change it may find none of these dishes. */}
      <BulkApply
        key={JSON.stringify(fields)}
        fields={fields}
        seen={plan ? seenText(plan.rows) : ''}
        label={plan?.rows.length === 1 ? 'Change 1 dish' : `Change ${count(plan?.rows.length ?? 0)} dishes`}
        back={back}
        changeSet={changeSet}
      >
        {dishes.length === 0 ? (
          <Empty title="No dish is chosen" action={<LinkButton href={back}>Choose dishes</LinkButton>}>
            Tick dishes in the list, or filter it and change all that it finds.
          </Empty>
        ) : null}
        {plan && read.ok && dishes.length > 0 ? (
          <Preview
            plan={plan}
            field={read.change.field}
            categories={new Map(categories.map(({ id, name }) => [id, name]))}
            format={format}
          />
        ) : null}
      </BulkApply>
    </>
  )
}

function Preview({
  plan: { rows, same, impossible },
  field,
  categories,
  format,
}: {
  plan: ReturnType<typeof planOf>
  field: BulkField
  categories: ReadonlyMap<number, string>
  format: MoneyFormat
}) {
  const count = (number: number) => number.toLocaleString(format.locale)
  const notes = [
    same > 0 && `${count(same)} ${same === 1 ? 'stays as it is' : 'stay as they are'}`,
    impossible > 0 && `${count(impossible)} would cost less than nothing, or too much, and stay as they are`,
  ].filter(Boolean)
  return (
    <>
      {notes.length > 0 ? <p className="text-muted">{notes.join('; ')}.</p> : null}
      {rows.length > 0 ? (
        <PreviewTable rows={rows} field={field} categories={categories} format={format} />
      ) : (
        <Empty title="Nothing would change">Every one of these dishes is like that already.</Empty>
      )}
    </>
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

function asDrafted(dishes: readonly DishToChange[], drafts: readonly DishDraft[]): DishToChange[] {
  const patches = new Map(drafts.map(({ id, patch }) => [id, patch]))
  return dishes.map((dish) => {
    const {
      price = dish.price,
      categoryId = dish.categoryId,
      isAvailable = dish.isAvailable,
    } = patches.get(dish.id) ?? {}
    return { ...dish, price, categoryId, isAvailable }
  })
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
