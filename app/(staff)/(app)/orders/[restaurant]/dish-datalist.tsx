import type { MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'
import { formatMoney } from '@/domain/money'

/**
 * What can be had, to choose from while typing into a field that names this list: the dish's number, then its name. One
 * list for many fields, because a menu may have a thousand dishes.
 */
export function DishDatalist({
  id,
  dishes,
  format,
}: {
  id: string
  dishes: readonly DishToOrder[]
  format: MoneyFormat
}) {
  return (
    <datalist id={id}>
      {dishes
        .filter(({ off }) => !off)
        .map((dish) => (
          <option
            key={dish.id}
            value={`${dish.id} ${dish.name}`}
            label={formatMoney(dish.price, format.currency, format.locale)}
          />
        ))}
    </datalist>
  )
}
