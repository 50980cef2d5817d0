'use client'

import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { AffectedDish, IngredientUse } from '@/db/queries/ingredients'
import { foodCostPercent } from './food-cost'

/** What a price does to the food cost of the dishes that need the ingredient, those first that it moves most. */
export function PriceEffect({
  use: { affected, dishes },
  stored,
  typed,
  format,
}: {
  use: IngredientUse
  /** Cents for one unit, now and as typed; null for what can't be read. */
  stored: string
  typed: string | null
  format: MoneyFormat
}) {
  if (affected.length === 0) return <p className="text-muted">No dish on the menu needs it.</p>
  const isChanged = typed !== null && typed !== stored
  return (
    <section aria-label="What the price does">
      <h2 className="font-semibold">
        {isChanged ? 'With this price' : 'Food cost'} of the{' '}
        {dishes === 1 ? 'dish that needs it' : `${dishes.toLocaleString(format.locale)} dishes that need it`}
        {dishes > affected.length ? (
          <span className="font-normal text-muted">, the {affected.length} that it moves most</span>
        ) : null}
      </h2>
      <table className="data-table">
        <caption className="sr-only">Food cost by dish</caption>
        <thead>
          <tr>
            <th scope="col">Dish</th>
            <th scope="col" className="end">
              Price
            </th>
            <th scope="col" className="end">
              Food cost
            </th>
          </tr>
        </thead>
        <tbody>
          {affected.map((dish) => (
            <tr key={dish.id}>
              <th scope="row">
                <a href={`/menu/${dish.id}`}>{dish.name}</a>
              </th>
              <td className="end">
                <Money cents={dish.price} format={format} />
              </td>
              <td className="end">
                {isChanged ? (
                  <span className="text-muted">{percent(dish, stored, format.locale)} → </span>
                ) : null}
                {percent(dish, typed ?? stored, format.locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function percent(dish: AffectedDish, unitPrice: string, locale: string): string {
  const cost = foodCostPercent(dish, unitPrice)
  if (cost === null) return '–'
  return `${cost.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`
}
