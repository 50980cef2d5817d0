import type { Metadata } from 'next'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { getDishSurroundings, getRecipeFacts } from '@/db/queries/dish-form'
import { getRecord } from '@/db/queries/records'
import { dishValues } from '@/domain/dish-form'
import { DishForm } from '../[id]/dish-form'

export const metadata: Metadata = { title: 'New dish' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** A new dish, empty, like another one (`?from=12`), or selling a recipe (`?recipe=12`). */
export default async function NewDishPage({ searchParams }: Props) {
  const scope = await requireChain('menu:edit')
  const given = await searchParams
  const changeSetId = (await currentChangeSet())?.id ?? null
  const format = await readerFormat()
  const from = numberOf(given.from)
  const key = { id: from ?? 0, restaurantId: null }
  const like = from === null ? null : await getRecord(database(), scope, 'menu_item', key, changeSetId)
  const recipeId = like ? like.doc.recipeId : numberOf(given.recipe)
  const recipe = recipeId === null ? null : await getRecipeFacts(database(), scope, recipeId, changeSetId)
  const { categories } = await getDishSurroundings(database(), scope, 0, changeSetId)
  const initial = like
    ? { ...dishValues(format.currency)(like.doc), name: `${like.doc.name} (copy)`.slice(0, 200) }
    : {
        isAvailable: 'on',
        ...(recipe && {
          recipeId: String(recipe.id),
          name: recipe.title,
          prepMinutes: String(recipe.prepMinutes),
        }),
      }
  return (
    <>
      <PageHeader title="New dish" {...(like && { note: `like ${like.doc.name}` })}>
        <LinkButton href="/menu">All dishes</LinkButton>
      </PageHeader>
      <DishForm
        id={await reserveId(database(), scope, 'menu_item')}
        base={null}
        initial={initial}
        changeSetId={changeSetId}
        categories={categories}
        recipe={recipe}
        format={format}
      />
    </>
  )
}

const numberOf = (given: string | string[] | undefined): number | null =>
  typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : null
