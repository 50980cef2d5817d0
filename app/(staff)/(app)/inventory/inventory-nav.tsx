'use client'

import { usePathname } from 'next/navigation'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { SectionNav, sectionAt } from '@/app/_ui/section-nav'
import { inventorySections } from './sections'

/** The way between the pages of a restaurant's inventory, and to the same page of another restaurant. */
export function InventoryNav({
  slug,
  restaurants,
}: {
  slug: string
  restaurants: readonly { slug: string; name: string }[]
}) {
  const sections = inventorySections(slug)
  const at = sectionAt(usePathname(), sections)
  return (
    <>
      <SectionNav label="Inventory" sections={sections} />
      {restaurants.length > 1 ? (
        <div className="mb-4 flex print:hidden md:float-right md:ml-4">
          <RestaurantSwitcher
            restaurants={restaurants}
            current={slug}
            action="/inventory"
            keep={at?.path ? { at: at.path } : {}}
          />
        </div>
      ) : null}
    </>
  )
}
