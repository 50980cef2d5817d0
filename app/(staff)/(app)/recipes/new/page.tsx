import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { PageHeader } from '@/app/_ui/page-header'
import { reserveId } from '@/db/mutations/records'
import { listRecipeChoices } from '@/db/queries/recipe-choices'
import { readRecipeId } from '../[id]/search-params'
import { loadRecipeForm } from '../editor/editor-data'
import { RecipeForm } from '../editor/recipe-form'

export const metadata: Metadata = { title: 'New recipe' }

type Props = { searchParams: Promise<{ from?: string | string[] }> }

/** A new recipe, empty or as a copy of another one. */
export default async function NewRecipePage({ searchParams }: Props) {
  const { from } = await searchParams
  const scope = await requireChain('menu:edit')
  const [changeSet, format] = await Promise.all([currentChangeSet(), readerFormat()])
  const recipeId = from === undefined ? null : (readRecipeId(String(from)) ?? notFound())
  const copied =
    recipeId === null
      ? null
      : ((await loadRecipeForm(database(), scope, { recipeId, changeSetId: changeSet?.id ?? null })) ??
        notFound())
  const [id, choices] = await Promise.all([
    reserveId(database(), scope, 'recipe'),
    copied?.choices ?? listRecipeChoices(database(), scope, { ingredientIds: [], chefId: null }),
  ])
  return (
    <>
      <PageHeader
        title="New recipe"
        {...(copied && { note: `A copy of ${copied.doc.title}, until it is saved as its own` })}
      >
        <LinkButton href={copied?.isLive ? `/recipes/${recipeId}` : '/recipes'}>Leave</LinkButton>
      </PageHeader>
      <RecipeForm
        key={recipeId}
        id={id}
        base={null}
        copied={copied?.doc ?? null}
        changeSet={changeSet}
        choices={choices}
        dishes={[]}
        format={format}
      />
    </>
  )
}
