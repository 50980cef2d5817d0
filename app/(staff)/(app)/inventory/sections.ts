/** The parts of a restaurant's inventory in the order of their links. `path` stands after `/inventory/[restaurant]`. */
const PARTS: readonly { path: string; label: string }[] = [
  { path: '', label: 'Stock' },
  { path: '/orders', label: 'Orders' },
  { path: '/counts', label: 'Counts' },
  { path: '/waste', label: 'Waste' },
  { path: '/transfers', label: 'Transfers' },
  { path: '/variance', label: 'Variance' },
]

export type InventorySection = { href: string; label: string; path: string }

/** The pages of a restaurant's inventory; its alerts come first, beside those of other restaurants. */
export const inventorySections = (slug: string): InventorySection[] => [
  { path: '/alerts', href: '/inventory/alerts', label: 'Alerts' },
  ...PARTS.map(({ path, label }) => ({ path, href: `/inventory/${slug}${path}`, label })),
]
