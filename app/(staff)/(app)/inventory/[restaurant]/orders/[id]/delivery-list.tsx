import { localTime } from '@/app/_ui/local-time'
import type { MoneyFormat } from '@/app/_ui/money'
import { StatusMark } from '@/app/_ui/status-mark'
import type { Delivery, PurchaseLine } from '@/db/queries/purchase-orders'
import { formatQuantity } from '@/domain/quantity'
import { formatUnitPrice } from '@/domain/unit-price'
import { dateWords } from '../words'
import { TakePrice } from './take-price'

type Props = {
  deliveries: readonly Delivery[]
  /** For the chain's present prices. */
  lines: readonly PurchaseLine[]
  /** Whether who reads this may change the chain's prices. */
  mayTakePrices: boolean
  timeZone: string
  format: MoneyFormat
}

/** What came, delivery by delivery, with prices that are not as they were ordered at. */
export function DeliveryList({ deliveries, lines, mayTakePrices, timeZone, format }: Props) {
  const presentOf = new Map(lines.map(({ ingredientId, presentPrice }) => [ingredientId, presentPrice]))
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries" className="pb-2 text-lg font-semibold">
        Deliveries
      </h2>
      <ol className="grid gap-6">
        {deliveries.map((delivery) => (
          <li key={delivery.id}>
            <h3 className="font-semibold">
              {dateWords(delivery.businessDate, format.locale)},{' '}
              {localTime(new Date(delivery.at), timeZone, format.locale)}
              {delivery.reference ? ` · ${delivery.reference}` : ''}
            </h3>
            <p className="text-muted">{delivery.by ? `Received by ${delivery.by}` : 'Received'}</p>
            {delivery.note ? <p className="py-1 wrap-anywhere whitespace-pre-line">{delivery.note}</p> : null}
            <ul className="pt-1">
              {delivery.lines.map((line) => (
                <li
                  key={line.ingredientId}
                  className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2"
                >
                  <span className="min-w-32 grow">{line.ingredient}</span>
                  <PriceDifference line={line} format={format} />
                  <span className="tabular-nums">
                    {formatQuantity(line.quantity, line.unit, format.locale)}
                  </span>
                  <TakePriceOf
                    line={line}
                    present={presentOf.get(line.ingredientId)}
                    mayTakePrices={mayTakePrices}
                    format={format}
                  />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Line = Delivery['lines'][number]

function PriceDifference({ line, format: { currency, locale } }: { line: Line; format: MoneyFormat }) {
  const price = (cents: string) => `${formatUnitPrice(cents, currency, locale)}/${line.unit}`
  if (line.unitPrice === line.orderedPrice)
    return <span className="text-muted tabular-nums">{price(line.unitPrice)}</span>
  return (
    <StatusMark tone="amber" className="tabular-nums">
      {price(line.unitPrice)} instead of {price(line.orderedPrice)}
    </StatusMark>
  )
}

function TakePriceOf({
  line,
  present,
  mayTakePrices,
  format,
}: {
  line: Line
  present: string | undefined
  mayTakePrices: boolean
  format: MoneyFormat
}) {
  if (!mayTakePrices || present === undefined || present === line.unitPrice) return null
  if (line.unitPrice === line.orderedPrice) return null
  return (
    <TakePrice
      ingredient={{ id: line.ingredientId, name: line.ingredient }}
      from={present}
      to={line.unitPrice}
      words={formatUnitPrice(line.unitPrice, format.currency, format.locale)}
    />
  )
}
