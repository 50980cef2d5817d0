import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { PageHeader } from '@/app/_ui/page-header'
import { loadRecipeEditor } from '../../editor/editor-data'
import { RecipeForm } from '../../editor/recipe-form'
import { readRecipeId } from '../search-params'

type Props = { params: Promise<{ id: string }> }

/** Asked once, for the title and for the page. */
const editorOf = cache(async (text: string) => {
  const scope = await requireChain('menu:edit')
  const recipeId = readRecipeId(text) ?? notFound()
  const changeSet = await currentChangeSet()
  const data = await loadRecipeEditor(database(), scope, { recipeId, changeSetId: changeSet?.id ?? null })
  return { recipeId, changeSet, data: data ?? notFound() }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await editorOf((await params).id)
  return { title: `Edit ${data.doc.title}` }
}

/** One recipe as a form: what it is, its card and its method. */
export default async function EditRecipePage({ params }: Props) {
  const [{ id }, format] = await Promise.all([params, readerFormat()])
  const { recipeId, changeSet, data } = await editorOf(id)
  return (
    <>
      <PageHeader title={data.doc.title} {...(changeSet && { note: `Saved into “${changeSet.name}”` })}>
        <LinkButton href={`/recipes/new?from=${recipeId}`}>Duplicate</LinkButton>
        {data.isLive ? <LinkButton href={`/recipes/${recipeId}`}>See the card</LinkButton> : null}
      </PageHeader>
      <RecipeForm
        key={recipeId}
        id={recipeId}
        base={data.doc}
        changeSet={changeSet}
        choices={data.choices}
        dishes={data.dishes}
        format={format}
      />
    </>
  )
}
