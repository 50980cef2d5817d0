import Link from 'next/link'
import { DietList } from '@/app/_ui/diet-list'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { RecipeFacts } from '@/db/queries/dish-form'
import { marginOf } from '@/domain/dish-form'
import { parseMoney } from '@/domain/money-input'
import { ALLERGENS } from '@/domain/vocabulary'

/** What follows from a dish's price and recipe: what a plate costs, what is left of the price, what is in it. */
export function DishFigures({
  price: text,
  calories,
  recipe,
  format,
}: {
  /** As it is typed. */
  price: string
  calories: string
  recipe: RecipeFacts | null
  format: MoneyFormat
}) {
  const price = parseMoney(text, format.currency)
  const figures = recipe?.cost ? marginOf(price, recipe.cost) : null
  const margin = figures?.margin ?? null
  const percent = figures?.foodCostPercent?.toLocaleString(format.locale, { minimumFractionDigits: 1 })
  const kcal = calories.trim() === '' ? recipe?.calories : calories
  return (
    <aside aria-label="What follows from price and recipe" className="grid content-start gap-4">
      <dl className="grid grid-cols-[1fr_auto] [&>dd]:border-b [&>dd]:border-line [&>dd]:py-1.5 [&>dd]:text-right [&>dt]:border-b [&>dt]:border-line [&>dt]:py-1.5 [&>dt]:text-muted">
        <dt>Plate cost</dt>
        <dd>
          <output>{figures ? <Money cents={figures.cost} format={format} /> : '–'}</output>
        </dd>
        <dt>Food cost</dt>
        <dd>
          <output aria-label="Food cost in percent">{percent ? `${percent} %` : '–'}</output>
        </dd>
        <dt>Margin</dt>
        <dd>
          <output>{margin === null ? '–' : <Money cents={margin} format={format} />}</output>
        </dd>
        <dt>Calories</dt>
        <dd>{kcal ? `${kcal} kcal` : '–'}</dd>
      </dl>
      {margin !== null && margin < 0 ? (
        <p className="text-amber">▲ A plate costs more than guests pay for it.</p>
      ) : null}
      <Allergens recipe={recipe} />
      {recipe && recipe.lines > 0 ? <DietList lines={recipe.makeup} isAside /> : null}
      {recipe ? (
        <Link href={`/recipes/${recipe.id}`} prefetch={false} className="underline">
          Recipe card of {recipe.title}
        </Link>
      ) : null}
    </aside>
  )
}

function Allergens({ recipe }: { recipe: RecipeFacts | null }) {
  if (!recipe || recipe.lines === 0) {
    return (
      <p className="text-muted">
        Nobody knows the allergens of a dish without a recipe card. Guests are told to ask.
      </p>
    )
  }
  if (recipe.allergens.length === 0)
    return <p className="text-muted">None of the 14 allergens that must be declared, by its ingredients.</p>
  return (
    <section aria-label="Allergens">
      <h2 className="pb-1 font-semibold">Contains</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {ALLERGENS.map((allergen) => {
          const by = recipe.allergens.find((brought) => brought.allergen === allergen)?.by
          return by ? (
            <div key={allergen} className="col-span-2 grid grid-cols-subgrid">
              <dt>{allergen}</dt>
              <dd className="text-muted">{by.join(', ')}</dd>
            </div>
          ) : null
        })}
      </dl>
    </section>
  )
}
