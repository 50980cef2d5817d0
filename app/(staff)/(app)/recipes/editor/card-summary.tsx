'use client'

import { DietList } from '@/app/_ui/diet-list'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { SellingDish } from '@/db/queries/recipe-choices'
import { foodCostPercent, roundedCents } from '@/domain/plate-cost'
import { AllergenList } from '../[id]/allergen-list'
import type { LineFigures } from './figures'

/** What the card costs and who must not eat it, as it is typed. */
export function CardSummary({
  figures,
  portions,
  dishes,
  format,
}: {
  figures: readonly LineFigures[]
  portions: number
  dishes: readonly SellingDish[]
  format: MoneyFormat
}) {
  const costs = figures.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const portion = costs.reduce((sum, cost) => sum + cost, 0n)
  const unpriced = figures.filter(({ ingredient, cost }) => ingredient !== null && cost === null).length
  const lines = figures.flatMap(({ ingredient }) =>
    ingredient ? [{ ...ingredient, ingredient: ingredient.name }] : [],
  )
  return (
    <aside className="grid content-start gap-6 lg:row-span-2 lg:row-start-1 lg:col-start-2">
      <section aria-labelledby="costs">
        <h2 id="costs" className="pb-2 text-lg font-semibold">
          Cost
        </h2>
        <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
          <Row label="One portion">
            <output aria-label="Cost of one portion" className="font-semibold">
              <Money cents={roundedCents(portion)} format={format} />
            </output>
          </Row>
          {portions > 1 ? (
            <Row label={`All ${portions.toLocaleString(format.locale)} portions`}>
              <Money cents={roundedCents(portion * BigInt(portions))} format={format} />
            </Row>
          ) : null}
          {dishes.map(({ id, name, price }) => {
            const percent = foodCostPercent(portion, price)
            return (
              <Row
                key={id}
                label={
                  <>
                    Food cost of {name}
                    <span className="block text-sm text-muted">
                      at <Money cents={price} format={format} />
                    </span>
                  </>
                }
              >
                {percent === null ? '–' : `${percent.toLocaleString(format.locale)} %`}
              </Row>
            )
          })}
        </dl>
        <p className="pt-1 text-sm text-muted">
          At today’s ingredient prices.
          {unpriced > 0
            ? ` ${unpriced === 1 ? 'One line is' : `${unpriced} lines are`} not in it: the amount is missing.`
            : ''}
        </p>
      </section>
      <AllergenList lines={lines} />
      <DietList lines={lines} />
    </aside>
  )
}

const Row = ({ label, children }: { label: React.ReactNode; children: React.ReactNode }) => (
  <div className="col-span-2 grid grid-cols-subgrid items-baseline border-t border-line py-1.5">
    <dt className="min-w-0 wrap-anywhere">{label}</dt>
    <dd className="text-end">{children}</dd>
  </div>
)
