import { TextField } from '@/app/_ui/field'
import type { MoneyFormat } from '@/app/_ui/money'
import type { PurchaseLine } from '@/db/queries/purchase-orders'
import { formatMoney } from '@/domain/money'
import { formatQuantity, multiplyQuantity } from '@/domain/quantity'
import { formatUnitPrice } from '@/domain/unit-price'

type Props = {
  lines: readonly PurchaseLine[]
  /** By line, as they are typed now. */
  packs: readonly number[]
  /** Cents, by line. */
  costs: readonly number[]
  typed: (name: string, otherwise: string) => string
  fields: Record<string, string> | undefined
  /** Somebody else saved meanwhile: what is stored stands beside what was typed. */
  isConflict: boolean
  format: MoneyFormat
}

/** What a draft orders, line by line, with the packs to type. */
export function DraftLines({ lines, packs, costs, typed, fields, isConflict, format }: Props) {
  const { currency, locale } = format
  return (
    <table className="data-table">
      <caption className="sr-only">What this draft orders</caption>
      <thead>
        <tr>
          <th scope="col">Ingredient</th>
          <th scope="col" className="end wide">
            On hand
          </th>
          <th scope="col" className="end wide">
            On order
          </th>
          <th scope="col" className="end wide">
            Par
          </th>
          <th scope="col">Packs</th>
          <th scope="col" className="end wide">
            Amount
          </th>
          <th scope="col" className="end wide">
            Price
          </th>
          <th scope="col" className="end">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => {
          const name = `lines.${index}.packs`
          const value = typed(name, String(line.packs))
          const quantity = (amount: string | null) =>
            amount === null ? '–' : formatQuantity(amount, line.unit, locale)
          return (
            <tr key={line.ingredientId}>
              <th scope="row">
                <input type="hidden" name={`lines.${index}.ingredientId`} value={line.ingredientId} />
                {line.ingredient}
                <span className="block text-muted md:hidden">
                  {quantity(line.onHand)} of {quantity(line.par)}, packs of {quantity(line.packSize)}
                </span>
              </th>
              <td className="end wide">{quantity(line.onHand)}</td>
              <td className="end wide">{line.onOrder === '0' ? '–' : quantity(line.onOrder)}</td>
              <td className="end wide">{quantity(line.par)}</td>
              <td className="w-24">
                <TextField
                  name={name}
                  label={`Packs of ${line.ingredient}`}
                  labelHidden
                  inputMode="numeric"
                  maxLength={5}
                  defaultValue={value}
                  error={fields?.[name]}
                  hint={isConflict && value !== String(line.packs) ? `stored: ${line.packs}` : undefined}
                />
              </td>
              <td className="end wide">
                {quantity(multiplyQuantity(line.packSize, packs[index] ?? 0))}
                <span className="block text-sm text-muted">packs of {quantity(line.packSize)}</span>
              </td>
              <td className="end wide">
                {formatUnitPrice(line.unitPrice, currency, locale)}
                <span className="text-muted">/{line.unit}</span>
              </td>
              <td className="end">{formatMoney(costs[index] ?? 0, currency, locale)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
