import type { Permission } from '@/domain/scope'

/** A section of the office. `under`: the path that all of its pages share. */
export type NavSection = { href: string; under: string; label: string; permission?: Permission }

/** The sections in the rail's order. */
export const NAV_SECTIONS: readonly NavSection[] = [
  { href: '/overview', under: '/overview', label: 'Overview' },
  { href: '/kitchen', under: '/kitchen', label: 'Kitchen' },
  { href: '/orders', under: '/orders', label: 'Orders' },
  { href: '/menu', under: '/menu', label: 'Menu' },
  { href: '/recipes', under: '/recipes', label: 'Recipes' },
  { href: '/inventory/alerts', under: '/inventory', label: 'Inventory', permission: 'stock:read' },
  { href: '/reports', under: '/reports', label: 'Reports', permission: 'reports:read' },
  { href: '/admin', under: '/admin', label: 'Admin', permission: 'devices:manage' },
  { href: '/database', under: '/database', label: 'Database', permission: 'database:read' },
]
