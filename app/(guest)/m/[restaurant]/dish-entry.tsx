import type { GuestDish } from '@/db/queries/guest-menu'
import { formatMoney } from '@/domain/money'

/** A dish as a guest reads it. One that is off stays in sight, so that nobody who came for it has to ask. */
export function DishEntry({ dish, currency }: { dish: GuestDish; currency: string }) {
  return (
    <li className={dish.soldOut ? 'off' : undefined}>
      <h3>{dish.name}</h3>
      <p className="price">{dish.soldOut ? 'Sold out' : formatMoney(dish.price, currency)}</p>
      {dish.description ? <p>{dish.description}</p> : null}
      <p className="facts">
        {dish.calories === null ? null : `${dish.calories.toLocaleString('en')} kcal · `}
        {allergenWords(dish)}
      </p>
    </li>
  )
}

function allergenWords({ allergens }: GuestDish): string {
  if (allergens === null) return 'Ask us about allergens'
  return allergens.length > 0 ? `Contains ${allergens.join(', ')}` : 'No listed allergens'
}
