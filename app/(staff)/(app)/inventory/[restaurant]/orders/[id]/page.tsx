import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { ExportLink } from '@/app/_ui/export-link'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { PrintButton } from '@/app/_ui/print-button'
import { StatusMark } from '@/app/_ui/status-mark'
import type { PurchaseOrder } from '@/db/queries/purchase-orders'
import { canCancelPurchase, canClosePurchase, canEditPurchase, canReceivePurchase } from '@/domain/purchase'
import { roleMay } from '@/domain/scope'
import { dateWords, PURCHASE_TONES, PURCHASE_WORDS } from '../words'
import { DeliveryList } from './delivery-list'
import { DraftForm } from './draft-form'
import { CancelForm, CloseForm } from './end-forms'
import { OrderLines } from './order-lines'
import { loadPurchase, type PurchaseData } from './purchase-data'
import { PurchaseSheet } from './purchase-sheet'
import { ReceiveForm } from './receive-form'

type Props = { params: Promise<{ restaurant: string; id: string }> }

/** Asked once, for the title and for the page. */
const purchaseOf = cache(async (slug: string, id: string): Promise<PurchaseData> => {
  const scope = await requireRestaurant(slug, 'stock:read')
  return (await loadPurchase(database(), scope, id)) ?? notFound()
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant, id } = await params
  const { order } = await purchaseOf(restaurant, id)
  return { title: `Purchase order ${order.number}` }
}

/** One purchase order: a draft to edit and send, then what was sent and what came of it. */
export default async function PurchasePage({ params }: Props) {
  const { restaurant: slug, id } = await params
  const { order, choices } = await purchaseOf(slug, id)
  const [{ restaurant }, { role }, format] = await Promise.all([
    requireRestaurant(slug, 'stock:read'),
    requirePerson(),
    readerFormat(),
  ])
  const { timeZone, name } = restaurant
  const { status, supplier } = order
  const pressed = { restaurant: slug, order: order.id }
  const sentOn = order.sentAt === null ? null : dayOf(order.sentAt)
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={`Order ${order.number} · ${supplier.name}`}
          note={
            <>
              <StatusMark tone={PURCHASE_TONES[status]}>{PURCHASE_WORDS[status]}</StatusMark> ·{' '}
              <Link href={`/inventory/${slug}/orders`} prefetch={false} className="underline">
                {name}, all orders
              </Link>
            </>
          }
        >
          <ExportLink list="purchase-order" query={{ restaurant: slug, order: order.id }} />
          <PrintButton variant="plain" />
        </PageHeader>
        <Contact supplier={supplier} />
        {canEditPurchase(status) ? (
          <DraftForm slug={slug} order={order} choices={choices} format={format} />
        ) : (
          <>
            <FigureRow>
              <Figure label="Cost as ordered" value={<Money cents={order.cost} format={format} />} />
              <Figure label="Sent" value={sentOn ?? '–'} compare={order.sentBy && `by ${order.sentBy}`} />
              <Figure
                label="Expected"
                value={order.expectedOn ? dateWords(order.expectedOn, format.locale) : '–'}
              />
              {order.closedAt === null ? null : (
                <Figure
                  label={PURCHASE_WORDS[status]}
                  value={dayOf(order.closedAt)}
                  compare={order.closedBy && `by ${order.closedBy}`}
                />
              )}
            </FigureRow>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 xl:grid-cols-2">
              <div className="grid content-start gap-6">
                <OrderLines lines={order.lines} status={status} cost={order.cost} format={format} />
                {order.note ? (
                  <p className="border-l-2 border-edge pl-3 wrap-anywhere whitespace-pre-line">
                    {order.note}
                  </p>
                ) : null}
              </div>
              <div className="grid content-start gap-8">
                {canReceivePurchase(status) ? (
                  <section aria-labelledby="receive">
                    <h2 id="receive" className="pb-2 text-lg font-semibold">
                      Receive
                    </h2>
                    <ReceiveForm slug={slug} id={uuidv7()} order={order} format={format} />
                  </section>
                ) : null}
                {order.deliveries.length > 0 ? (
                  <DeliveryList
                    deliveries={order.deliveries}
                    lines={order.lines}
                    mayTakePrices={roleMay(role, 'menu:edit')}
                    timeZone={timeZone}
                    format={format}
                  />
                ) : null}
              </div>
            </div>
          </>
        )}
        <div className="grid max-w-2xl justify-items-start gap-2 pt-6">
          {canClosePurchase(status) ? <CloseForm pressed={pressed} /> : null}
          {canCancelPurchase(status) ? <CancelForm pressed={pressed} isSent={status !== 'draft'} /> : null}
        </div>
      </div>
      <PurchaseSheet order={order} restaurant={name} sentOn={sentOn} format={format} />
    </>
  )

  function dayOf(instant: number): string {
    const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const
    return new Date(instant).toLocaleDateString(format.locale, day)
  }
}

/** Whom to call about it. */
function Contact({ supplier }: { supplier: PurchaseOrder['supplier'] }) {
  return (
    <address className="flex flex-wrap items-center gap-x-4 pb-4 not-italic">
      {supplier.contactPerson}
      <a
        href={`tel:${supplier.phone.replaceAll(/[^\d+]/g, '')}`}
        className="inline-flex min-h-11 items-center underline md:min-h-7"
      >
        {supplier.phone}
      </a>
      <a
        href={`mailto:${encodeURI(supplier.email)}`}
        className="inline-flex min-h-11 items-center underline wrap-anywhere md:min-h-7"
      >
        {supplier.email}
      </a>
    </address>
  )
}
