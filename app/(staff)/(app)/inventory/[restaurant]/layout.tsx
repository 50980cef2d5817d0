import type { ReactNode } from 'react'
import { requirePerson, requireRestaurant } from '@/app/_server/session'
import { InventoryNav } from '../inventory-nav'

type Props = { params: Promise<{ restaurant: string }>; children: ReactNode }

/** Links between the pages of one restaurant's inventory above each of them. What each shows is its own question. */
export default async function InventoryLayout({ params, children }: Props) {
  const { restaurant } = await requireRestaurant((await params).restaurant, 'stock:read')
  const { restaurants } = await requirePerson()
  return (
    <>
      <InventoryNav
        slug={restaurant.slug}
        restaurants={restaurants.map(({ slug, name }) => ({ slug, name }))}
      />
      {children}
    </>
  )
}
