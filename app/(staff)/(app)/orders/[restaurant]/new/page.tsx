import type { Metadata } from 'next'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { listDishesToOrder } from '@/db/queries/order-entry'
import { DishDatalist } from '../dish-datalist'
import { OrderEntry } from './order-entry'
import { SimpleOrderForm } from './simple-order-form'

type Props = { params: Promise<{ restaurant: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'orders:place')
  return { title: `New order · ${restaurant.name}` }
}

const LIST = 'dishes-to-order'

/** Takes an order for a restaurant: at the table, on the phone, or when the POS is broken. */
export default async function NewOrderPage({ params }: Props) {
  const scope = await requireRestaurant((await params).restaurant, 'orders:place')
  const [format, dishes] = await Promise.all([readerFormat(), listDishesToOrder(database(), scope)])
  const { slug, name } = scope.restaurant
  return (
    <>
      <PageHeader title="New order" note={name}>
        <LinkButton href={`/orders/${slug}`}>Orders</LinkButton>
        <LinkButton href={`/kitchen/${slug}`}>Wall</LinkButton>
      </PageHeader>
      {dishes.length === 0 ? (
        <Empty title="There is no dish on this menu yet">
          A dish can be ordered once it is available and its category active.
        </Empty>
      ) : (
        <>
          <OrderEntry slug={slug} dishes={dishes} format={format} />
          <noscript>
            <SimpleOrderForm slug={slug} formKey={uuidv7()} list={LIST} />
            <DishDatalist id={LIST} dishes={dishes} format={format} />
          </noscript>
        </>
      )}
    </>
  )
}
