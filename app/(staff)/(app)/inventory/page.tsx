import { redirect } from 'next/navigation'
import { requireChain, requirePerson } from '@/app/_server/session'
import { inventorySections } from './sections'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Leads to the same part (`at`) of the inventory of the restaurant that was chosen, or else to all alerts. */
export default async function InventoryPage({ searchParams }: Props) {
  await requireChain('stock:read')
  const { restaurants } = await requirePerson()
  const { restaurant, at } = await searchParams
  const chosen = restaurants.find(({ slug }) => slug === restaurant)
  if (!chosen) redirect('/inventory/alerts')
  const [alerts, ...parts] = inventorySections(chosen.slug)
  redirect(
    parts.find(({ path }) => path === at)?.href ?? parts[0]?.href ?? alerts?.href ?? '/inventory/alerts',
  )
}
