import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { ListedTransfer } from '@/db/queries/stock-transfers'
import { formatQuantity } from '@/domain/quantity'
import { momentWords } from '../../figures'

/** What left for other restaurants and came from them, the newest first. */
export const TransferList = ({
  transfers,
  timeZone,
  format,
}: {
  transfers: ListedTransfer[]
  timeZone: string
  format: MoneyFormat
}) => (
  <ul aria-label="Transfers, the newest first" className="border-t border-line">
    {transfers.map((transfer) => (
      <li key={transfer.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 border-b border-line py-2">
        <p>
          <b>
            {transfer.left ? 'To' : 'From'} {transfer.other}
          </b>{' '}
          <span className="text-muted">
            {[momentWords(transfer.at, timeZone, format.locale), transfer.by].filter(Boolean).join(' · ')}
          </span>
        </p>
        <p className="text-end tabular-nums">
          <Money cents={transfer.value} format={format} />
        </p>
        <p className="col-span-2 wrap-anywhere">
          {transfer.lines
            .map(
              ({ ingredient, quantity, unit }) =>
                `${formatQuantity(quantity, unit, format.locale)} ${ingredient}`,
            )
            .join(', ')}
        </p>
        {transfer.note ? <p className="col-span-2 text-muted wrap-anywhere">{transfer.note}</p> : null}
      </li>
    ))}
  </ul>
)
