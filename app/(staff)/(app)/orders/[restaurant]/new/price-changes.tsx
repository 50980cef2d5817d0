import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { PriceChange } from '@/domain/order-draft'

/** What costs something else than when it was put on the order. */
export function PriceChanges({ changes, format }: { changes: readonly PriceChange[]; format: MoneyFormat }) {
  return (
    <div role="status" className="empty:hidden">
      {changes.length > 0 ? (
        <div className="border-l-2 border-amber pl-3">
          <p className="font-semibold">Prices changed while you took this order</p>
          <ul>
            {changes.map(({ menuItemId, name, was, now }) => (
              <li key={menuItemId}>
                {name}: <Money cents={was} format={format} /> to <Money cents={now} format={format} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
