import { FilterChip } from '@/app/_ui/chip'
import type { UseDay } from '@/db/queries/ingredient-use'
import { compareQuantities, formatQuantity, subtractQuantities } from '@/domain/quantity'
import type { Unit } from '@/domain/vocabulary'
import { dateWords } from '../../../figures'
import { ingredientViewHref, USE_DAYS } from './search-params'
import { barsOf, totalUse } from './use-figures'
import { UseTable } from './use-table'

type Props = { slug: string; ingredientId: number; days: UseDay[]; unit: Unit; locale: string }

const HEIGHT = 100
const LAYERS = [
  { of: 'theoretical', className: 'fill-muted', words: 'by recipe card' },
  { of: 'wasted', className: 'fill-amber', words: 'written off' },
  { of: 'missing', className: 'fill-red', words: 'not found by a count' },
] as const

/**
 * Each day's use as a bar: what the cards explain, and on top of it what they don't. Drawn while rendering on the
 * server, in SVG that stretches, so it needs no script and nothing moves; the figures stand in the table below it.
 */
export function UseChart({ slug, ingredientId, days, unit, locale }: Props) {
  const { bars, highest } = barsOf(days)
  const [first, last] = [days[0]?.businessDate, days.at(-1)?.businessDate]
  return (
    <section aria-labelledby="use">
      <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <h2 id="use" className="text-lg font-semibold">
          Use, day by day
        </h2>
        <nav aria-label="How many days">
          <ul className="flex gap-2">
            {USE_DAYS.map((count) => (
              <li key={count}>
                <FilterChip
                  href={ingredientViewHref(slug, ingredientId, { days: count, before: null })}
                  active={count === days.length}
                >
                  {count} days
                </FilterChip>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <UseSentence days={days} unit={unit} locale={locale} />
      {highest === '0' ? null : (
        <figure className="pt-2">
          <figcaption>
            <ul className="flex flex-wrap gap-x-4 text-sm text-muted">
              {LAYERS.map(({ of, className, words }) => (
                <li key={of} className="flex items-center gap-1.5">
                  <svg aria-hidden="true" className="size-2.5">
                    <rect width="100%" height="100%" className={className} />
                  </svg>
                  {words}
                </li>
              ))}
              <li className="ml-auto">highest day {formatQuantity(highest, unit, locale)}</li>
            </ul>
          </figcaption>
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${days.length} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="mt-1 h-40 w-full border-b border-edge"
          >
            {bars.map((bar, index) => {
              let top = HEIGHT
              return LAYERS.map(({ of, className }) => {
                const height = bar[of] * HEIGHT
                top -= height
                return height > 0 ? (
                  <rect
                    key={`${days[index]?.businessDate} ${of}`}
                    x={index + 0.12}
                    y={top.toFixed(2)}
                    width="0.76"
                    height={height.toFixed(2)}
                    className={className}
                  />
                ) : null
              })
            })}
          </svg>
          <p className="flex justify-between text-sm text-muted" aria-hidden="true">
            <span>{first ? dateWords(first, locale) : null}</span>
            <span>{last ? dateWords(last, locale) : null}, so far</span>
          </p>
        </figure>
      )}
      <details className="pt-2">
        <summary className="inline-flex min-h-11 items-center underline md:min-h-9">
          All figures by day
        </summary>
        <UseTable days={days} unit={unit} locale={locale} />
      </details>
    </section>
  )
}

/** Actual against theoretical, in words. */
function UseSentence({ days, unit, locale }: Pick<Props, 'days' | 'unit' | 'locale'>) {
  const { theoretical, actual } = totalUse(days)
  const amount = (quantity: string) => formatQuantity(quantity, unit, locale)
  const difference = subtractQuantities(actual, theoretical)
  const against = compareQuantities(difference, '0')
  return (
    <p>
      In {days.length} days <b>{amount(actual)}</b> went; sales and recipe cards explain{' '}
      <b>{amount(theoretical)}</b>
      {against === 0
        ? ', which is all of it.'
        : against > 0
          ? `: ${amount(difference)} more than they do.`
          : `: ${amount(subtractQuantities('0', difference))} less than they do.`}
    </p>
  )
}
