import type { MoneyFormat } from '@/app/_ui/money'
import type { DishToOrder } from '@/db/queries/order-entry'
import { formatMoney } from '@/domain/money'

/** The menu as the options of a select, by category; what is off can't be chosen. */
export function DishOptions({ dishes, format }: { dishes: readonly DishToOrder[]; format: MoneyFormat }) {
  return [...Map.groupBy(dishes, ({ category }) => category)].map(([category, own]) => (
    <optgroup key={category} label={category}>
      {own.map(({ id, name, price, off }) => (
        <option key={id} value={id} disabled={off}>
          {name} · {off ? '86’d' : formatMoney(price, format.currency, format.locale)}
        </option>
      ))}
    </optgroup>
  ))
}
