import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import type { StockList } from '@/db/queries/stock'
import { EightySixSuggestions } from '../eighty-six/suggestions'
import { isFiltered, readStockView, type StockView, stockHref, stockParams } from './search-params'
import { loadStock } from './stock-data'
import { StockChips, StockFilterForm } from './stock-filters'
import { StockTable } from './stock-table'

type Props = {
  params: Promise<{ restaurant: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'stock:read')
  return { title: `${restaurant.name} stock` }
}

/** Everything that one restaurant keeps: how much there is, how long it lasts, what it is worth. */
export default async function StockPage({ params, searchParams }: Props) {
  const slug = (await params).restaurant
  const scope = await requireRestaurant(slug, 'stock:read')
  const scopes = {
    chain: await requireChain('stock:read'),
    menu: await requireRestaurant(slug, 'menu:eighty_six'),
  }
  const [format, given] = await Promise.all([readerFormat(), searchParams])
  const view = readStockView(given)
  const now = new Date()
  const { stock, suppliers, suggestions } = await loadStock(database(), scope, scopes, view, now)
  return (
    <>
      <PageHeader title="Stock" note={scope.restaurant.name}>
        <ExportLink list="stock" query={{ ...stockParams({ ...view, after: null }), restaurant: slug }} />
      </PageHeader>
      <Totals totals={stock.totals} format={format} />
      <EightySixSuggestions restaurant={slug} suggestions={suggestions} />
      <StockFilterForm slug={slug} view={view} suppliers={suppliers} />
      <StockChips slug={slug} view={view} totals={stock.totals} locale={format.locale} />
      {stock.rows.length === 0 ? (
        <NoStock slug={slug} view={view} />
      ) : (
        <StockTable slug={slug} rows={stock.rows} view={view} format={format} now={now.getTime()} />
      )}
      {stock.next === null && view.after === null ? null : (
        <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
          {view.after === null ? null : <LinkButton href={stockHref(slug, view)}>First page</LinkButton>}
          {stock.next === null ? null : (
            <LinkButton href={stockHref(slug, view, { after: stock.next })}>Next page</LinkButton>
          )}
        </nav>
      )}
    </>
  )
}

function Totals({ totals, format }: { totals: StockList['totals']; format: MoneyFormat }) {
  const figure = (count: number) => count.toLocaleString(format.locale)
  return (
    <FigureRow>
      <Figure label="Ingredients" value={figure(totals.items)} />
      <Figure label="Low" value={figure(totals.low)} compare={`${figure(totals.out)} of them out`} />
      <Figure label="Not moved for 60 days" value={figure(totals.dead)} />
      <Figure
        label="Value"
        value={<Money cents={totals.value} format={format} />}
        compare="on hand, at today’s list prices"
      />
    </FigureRow>
  )
}

function NoStock({ slug, view }: { slug: string; view: StockView }) {
  if (view.after !== null)
    return (
      <Empty
        title="The list ends here"
        action={<LinkButton href={stockHref(slug, view)}>First page</LinkButton>}
      >
        There is nothing after the page before.
      </Empty>
    )
  return (
    <Empty
      title={isFiltered(view) ? 'Nothing in stock is like this' : 'Nothing is stocked here yet'}
      action={isFiltered(view) ? <LinkButton href={`/inventory/${slug}`}>Clear filters</LinkButton> : null}
    >
      {isFiltered(view)
        ? 'Search for a piece of the name, or take another supplier or place.'
        : 'An ingredient appears here with its first delivery, count or transfer.'}
    </Empty>
  )
}
