import type { MoneyFormat } from '@/app/_ui/money'
import type { OrderEvent } from '@/db/queries/order-history'
import type { OrderDetails } from '@/domain/api'
import type { ChangedLine } from '@/domain/wall'
import { actorOf, historyEntry } from './history-words'

/** Everything that happened to an order, in words and in the restaurant's time. */
export function HistoryList({
  order,
  events,
  format,
  timeZone,
}: {
  order: OrderDetails
  events: OrderEvent[]
  format: MoneyFormat
  timeZone: string
}) {
  const words = { names: lineNames(order, events), ...format }
  const clock = new Intl.DateTimeFormat(format.locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const calendar = new Intl.DateTimeFormat(format.locale, { timeZone, day: 'numeric', month: 'short' })
  const first = calendar.format(events[0]?.at)
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="pb-2 text-lg font-semibold">
        History
      </h2>
      <ol className="border-t border-line">
        {events.map((event) => {
          const { title, details } = historyEntry(event, words)
          const day = calendar.format(event.at)
          return (
            <li
              key={`${event.seq} ${event.n}`}
              className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2"
            >
              <time dateTime={new Date(event.at).toISOString()} className="text-muted">
                {clock.format(event.at)}
                {day === first ? null : <span className="block text-sm">{day}</span>}
              </time>
              <div>
                <p>
                  <b>{title}</b> <span className="text-muted">{actorOf(event)}</span>
                </p>
                {details.length > 0 ? (
                  <ul>
                    {details.map((detail) => (
                      <li key={detail} className="wrap-anywhere">
                        {detail}
                      </li>
                    ))}
                  </ul>
                ) : null}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** Lines that are gone are named by the change that took them off. */
function lineNames(order: OrderDetails, events: readonly OrderEvent[]): Map<number, string> {
  const changed = events.flatMap(({ kind, details }) =>
    kind === 'changed' ? (details as { lines: ChangedLine[] }).lines : [],
  )
  return new Map([...changed, ...order.lines].map(({ line, name }) => [line, name]))
}
