import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { timeAgo } from '@/app/_ui/time-ago'
import type { StockIngredient } from '@/db/queries/stock'
import { formatQuantity } from '@/domain/quantity'
import { PriceTable } from '../../../../admin/ingredients/[id]/price-table'
import { recordIdOr404 } from '../../../../admin/record-id'
import { dateWords, daysWords } from '../../../figures'
import { AREA_WORDS } from '../../../words'
import { RuleForm } from '../../rule-form'
import { Level } from '../../stock-table'
import { loadIngredient } from './ingredient-data'
import { Journal } from './journal'
import { PaidPrices } from './paid-prices'
import { readIngredientView } from './search-params'
import { UseChart } from './use-chart'

type Props = {
  params: Promise<{ restaurant: string; ingredient: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Asked once, for the title and for the page. */
const ingredientOf = cache(async (slug: string, id: string, days: string, before: string) => {
  const scope = await requireRestaurant(slug, 'stock:read')
  const chain = await requireChain('stock:read')
  const view = { ...readIngredientView({ days, before }), ingredientId: recordIdOr404(id) }
  return (await loadIngredient(database(), scope, chain, view, new Date())) ?? notFound()
})

async function dataOf({ params, searchParams }: Props) {
  const [{ restaurant, ingredient }, given] = await Promise.all([params, searchParams])
  const view = readIngredientView(given)
  const data = await ingredientOf(restaurant, ingredient, String(view.days), view.before ?? '')
  return { slug: restaurant, view, data }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await dataOf(props)).data.stock.ingredient }
}

/** One ingredient as a restaurant has it: what there is, where it went, and what it cost. */
export default async function StockIngredientPage(props: Props) {
  const { slug, view, data } = await dataOf(props)
  const [{ restaurant }, format] = await Promise.all([requireRestaurant(slug, 'stock:read'), readerFormat()])
  const { stock, use, movements, older, prices, paid } = data
  const { ingredientId, unit } = stock
  return (
    <>
      <PageHeader
        title={stock.ingredient}
        note={`${restaurant.name} · ${stock.supplier} · ${AREA_WORDS[stock.storageArea]}`}
      >
        <LinkButton href={`/inventory/${slug}/waste?ingredient=${ingredientId}`}>Log waste</LinkButton>
        <LinkButton href={`/inventory/${slug}/transfers?ingredient=${ingredientId}`}>Transfer</LinkButton>
      </PageHeader>
      <Figures stock={stock} format={format} now={Date.now()} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 xl:grid-cols-2">
        <div className="grid content-start gap-8">
          <UseChart slug={slug} ingredientId={ingredientId} days={use} unit={unit} locale={format.locale} />
          <section aria-labelledby="rule" className="max-w-md">
            <h2 id="rule" className="pb-2 text-lg font-semibold">
              When to order, and up to what
            </h2>
            <RuleForm
              rule={{
                restaurant: slug,
                ingredient: ingredientId,
                name: stock.ingredient,
                unit,
                minimum: stock.minimum,
                par: stock.par,
              }}
            />
          </section>
          <section aria-labelledby="prices" className="grid gap-6">
            <h2 id="prices" className="text-lg font-semibold">
              Prices
            </h2>
            <PriceTable prices={prices} unit={unit} format={format} />
            {paid.length === 0 ? (
              <p className="text-muted">What deliveries cost appears here with the first that is received.</p>
            ) : (
              <PaidPrices paid={paid} unit={unit} format={format} />
            )}
          </section>
        </div>
        <Journal
          slug={slug}
          ingredientId={ingredientId}
          view={view}
          movements={movements}
          older={older}
          unit={unit}
          timeZone={restaurant.timeZone}
          locale={format.locale}
        />
      </div>
    </>
  )
}

function Figures({ stock, format, now }: { stock: StockIngredient; format: MoneyFormat; now: number }) {
  const { locale } = format
  const amount = (quantity: string) => formatQuantity(quantity, undefined, locale)
  return (
    <FigureRow>
      <Figure
        label="On hand"
        value={
          <>
            <Level row={stock} /> {amount(stock.onHand)}
          </>
        }
        unit={stock.unit}
        compare={`minimum ${amount(stock.minimum)}, par ${amount(stock.par)}`}
      />
      <Figure
        label="On order"
        value={amount(stock.onOrder)}
        unit={stock.unit}
        compare={`ordered today, it comes on ${dateWords(stock.nextDelivery, locale)}`}
      />
      <Figure
        label="Used a day"
        value={stock.averageUse === null ? '–' : amount(stock.averageUse)}
        unit={stock.unit}
        compare="average of 28 days"
      />
      <Figure label="Lasts" value={daysWords(stock.daysLeft, locale)} compare="by what each weekday uses" />
      <Figure
        label="Value"
        value={<Money cents={stock.value} format={format} />}
        compare="at the list price"
      />
      <Figure
        label="Last counted"
        value={stock.countedAt === null ? 'never' : timeAgo(stock.countedAt, now)}
      />
    </FigureRow>
  )
}
