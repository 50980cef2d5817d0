import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { PurchaseOrder } from '@/db/queries/purchase-orders'
import { formatQuantity, multiplyQuantity } from '@/domain/quantity'
import { formatUnitPrice } from '@/domain/unit-price'
import { dateWords } from '../words'
import styles from './purchase-sheet.module.css'

/** The order as the supplier gets it: what the page prints, and nothing else of it. */
export function PurchaseSheet({
  order,
  restaurant,
  sentOn,
  format,
}: {
  order: PurchaseOrder
  restaurant: string
  /** The local date; null: not sent. */
  sentOn: string | null
  format: MoneyFormat
}) {
  const { supplier, deliverTo } = order
  const { currency, locale } = format
  const ordered = order.lines.filter(({ packs }) => packs > 0)
  return (
    // Paper is white and ink is black, also by night.
    <article data-theme="light" className={styles.sheet}>
      <header className={styles.head}>
        <div>
          <p className={styles.title}>
            {sentOn ? 'Purchase order' : 'Draft of a purchase order'} No. {order.number}
          </p>
          {sentOn ? <p>{sentOn}</p> : null}
          {order.expectedOn ? <p>To be delivered by {dateWords(order.expectedOn, locale)}</p> : null}
        </div>
        <address>
          <b>{restaurant}</b>
          {`\n${deliverTo.address}\n${deliverTo.phone}`}
        </address>
      </header>
      <address>
        <b>{supplier.name}</b>
        {`\n${supplier.contactPerson}\n${supplier.address}\n${supplier.phone} · ${supplier.email}`}
      </address>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th>Ingredient</th>
            <th>Packs</th>
            <th>Pack</th>
            <th>Amount</th>
            <th>Price</th>
            <th>Cost</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((line) => (
            <tr key={line.ingredientId}>
              <td>{line.ingredient}</td>
              <td>{line.packs.toLocaleString(locale)}</td>
              <td>{formatQuantity(line.packSize, line.unit, locale)}</td>
              <td>{formatQuantity(multiplyQuantity(line.packSize, line.packs), line.unit, locale)}</td>
              <td>
                {formatUnitPrice(line.unitPrice, currency, locale)}/{line.unit}
              </td>
              <td>
                <Money cents={line.cost} format={format} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={5}>Total</td>
            <td>
              <Money cents={order.cost} format={format} />
            </td>
          </tr>
        </tfoot>
      </table>
      {order.note ? <p className={styles.note}>{order.note}</p> : null}
    </article>
  )
}
