import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { PageHeader } from '@/app/_ui/page-header'
import { type DishSurroundings, getDishSurroundings, getRecipeFacts } from '@/db/queries/dish-form'
import { getRecord } from '@/db/queries/records'
import { chainScope } from '@/domain/scope'
import { DishForm } from './dish-form'
import { DishHistory } from './dish-history'
import { OverrideGrid } from './override-grid'
import { PhotoForm } from './photo-form'

export const metadata: Metadata = { title: 'Dish' }

type Props = { params: Promise<{ id: string }> }

/** One dish of the chain's menu: its form, what depends on it, and what happened to it. */
export default async function DishPage({ params }: Props) {
  const scope = await requireChain('menu:edit')
  const history = chainScope(await requirePerson(), 'audit:read')
  const { id: text } = await params
  if (!/^[1-9]\d{0,8}$/.test(text)) notFound()
  const id = Number(text)
  const changeSet = await currentChangeSet()
  const changeSetId = changeSet?.id ?? null
  const found = await getRecord(database(), scope, 'menu_item', { id, restaurantId: null }, changeSetId)
  if (!found) notFound()
  const { doc } = found
  const surroundings = await getDishSurroundings(database(), scope, id, changeSetId)
  const recipe =
    doc.recipeId === null ? null : await getRecipeFacts(database(), scope, doc.recipeId, changeSetId)
  const format = await readerFormat()
  return (
    <>
      <PageHeader title={doc.name} note={`Dish no. ${id}${found.live ? '' : ', not published yet'}`}>
        <LinkButton href={`/menu/new?from=${id}`}>Duplicate</LinkButton>
        <LinkButton href="/menu">All dishes</LinkButton>
      </PageHeader>
      <Depends isAvailable={doc.isAvailable} {...surroundings} />
      <DishForm
        // Another change set is another version of the dish: it begins another form.
        key={`${id} ${changeSetId}`}
        id={id}
        base={doc}
        changeSetId={changeSetId}
        categories={surroundings.categories}
        recipe={recipe}
        format={format}
      />
      <div className="pt-8">
        <OverrideGrid
          scope={scope}
          menuItemId={id}
          chain={doc}
          isPublished={found.live !== null}
          changeSet={changeSet}
        />
      </div>
      <PhotoForm dish={id} name={doc.name} photo={doc.photo} changeSetId={changeSetId} />
      {history ? <DishHistory scope={history} id={id} format={format} /> : null}
    </>
  )
}

const countOf = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`

/** Dishes are taken off the menu, never deleted: what that would touch is told before. */
function Depends({
  isAvailable,
  onMenuIn,
  overrides,
  openOrders,
  seenIn,
}: DishSurroundings & { isAvailable: boolean }) {
  const own =
    overrides > 0
      ? `; ${countOf(overrides, 'restaurant has', 'restaurants have')} a price or availability of their own, which stays`
      : ''
  return (
    <p className="max-w-prose pb-5 text-muted">
      {onMenuIn > 0
        ? `On the menu in ${countOf(onMenuIn, 'restaurant', 'restaurants')}${own}.`
        : `On no restaurant’s menu now${own}.`}{' '}
      {openOrders > 0
        ? `${countOf(openOrders, 'open order has', 'open orders have')} it: ${openOrders === 1 ? 'it is' : 'they are'} cooked all the same. `
        : ''}
      {isAvailable ? 'Untick “On the menu” to stop offering it; orders and figures keep it. ' : ''}
      {seenIn ? (
        <Link href={`/m/${seenIn.slug}`} prefetch={false} className="underline">
          See it as guests of {seenIn.name} do
        </Link>
      ) : null}
    </p>
  )
}
