import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { DietList } from '@/app/_ui/diet-list'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { chainScope, roleMay } from '@/domain/scope'
import { DifficultyMarks } from '../difficulty-marks'
import { AllergenList } from './allergen-list'
import { CardTable } from './card-table'
import { DishList } from './dish-list'
import { MethodList } from './method-list'
import { PortionsForm } from './portions-form'
import { loadRecipe, type RecipeData } from './recipe-data'
import { readPortions, readRecipeId } from './search-params'
import { SimilarTable } from './similar-table'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Asked once, for the title and for the page. */
const recipeOf = cache(async (id: string, portions: number): Promise<RecipeData> => {
  const person = await requirePerson()
  const scope = await requireChain()
  const recipeId = readRecipeId(id)
  if (recipeId === null) notFound()
  const costs = chainScope(person, 'stock:read')
  return (await loadRecipe(database(), scope, { recipeId, portions, costs })) ?? notFound()
})

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ id }, { portions }] = await Promise.all([params, searchParams])
  const { card } = await recipeOf(id, readPortions(portions))
  return { title: card.title }
}

/** One recipe: its card for as many portions as are cooked, how it is cooked, what it costs, who must not eat it, and what is like it. */
export default async function RecipePage({ params, searchParams }: Props) {
  const [{ id }, given, format] = await Promise.all([params, searchParams, readerFormat()])
  const portions = readPortions(given.portions)
  const { card, similar } = await recipeOf(id, portions)
  const mayEdit = roleMay((await requirePerson()).role, 'menu:edit')
  return (
    <>
      <PageHeader
        title={card.title}
        note={
          <Link
            href={`/recipes?cuisine=${encodeURIComponent(card.cuisine)}`}
            prefetch={false}
            className="underline"
          >
            {card.cuisine}
          </Link>
        }
      >
        {mayEdit ? (
          <>
            <LinkButton href={`/recipes/new?from=${card.id}`}>Duplicate</LinkButton>
            <LinkButton href={`/recipes/${card.id}/edit`}>Edit</LinkButton>
          </>
        ) : null}
      </PageHeader>
      <FigureRow>
        <Figure label="Prep time" value={card.prepMinutes.toLocaleString(format.locale)} unit="min" />
        <Figure
          label="Difficulty"
          value={
            <>
              <span aria-hidden="true">{card.difficulty} </span>
              <DifficultyMarks difficulty={card.difficulty} />
            </>
          }
        />
        <Figure
          label="Chef"
          value={card.chef}
          compare={`${card.chefExperience} ${card.chefExperience === 1 ? 'year' : 'years'} of experience`}
        />
        {card.calories === null ? null : (
          <Figure label="Energy a portion" value={card.calories.toLocaleString(format.locale)} unit="kcal" />
        )}
        {card.cost && card.lines.length > 0 ? (
          <Figure
            label="Cost a portion"
            value={<Money cents={card.cost.portion} format={format} />}
            compare="at today’s ingredient prices"
          />
        ) : null}
      </FigureRow>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_18rem] lg:grid-rows-[auto_1fr] min-[90rem]:grid-cols-[minmax(0,6fr)_minmax(0,5fr)_16rem] min-[90rem]:gap-x-8">
        <section aria-labelledby="card">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-2">
            <h2 id="card" className="text-lg font-semibold">
              Recipe card
            </h2>
            <PortionsForm id={card.id} portions={portions} />
          </div>
          <CardTable card={card} portions={portions} format={format} />
        </section>
        <div className="grid content-start gap-8 lg:row-span-2 lg:row-start-1 lg:col-start-2 min-[90rem]:col-start-3">
          <AllergenList lines={card.lines} />
          <DietList lines={card.lines} />
          <DishList dishes={card.dishes} format={format} />
        </div>
        <MethodList steps={card.steps} />
        <SimilarTable similar={similar} locale={format.locale} />
      </div>
    </>
  )
}
