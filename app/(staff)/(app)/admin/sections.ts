import { type Permission, roleMay } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'

export type AdminSection = { href: string; label: string; permission: Permission }

/** The pages under Admin in the order of their links. All that stands below a section's path belongs to it. */
const SECTIONS: readonly AdminSection[] = [
  { href: '/admin/restaurants', label: 'Restaurants', permission: 'chain:manage' },
  { href: '/admin/categories', label: 'Categories', permission: 'menu:edit' },
  { href: '/admin/ingredients', label: 'Ingredients', permission: 'menu:edit' },
  { href: '/admin/suppliers', label: 'Suppliers', permission: 'menu:edit' },
  { href: '/admin/people', label: 'People', permission: 'chain:manage' },
  { href: '/admin/imports', label: 'Imports', permission: 'menu:edit' },
  { href: '/admin/devices', label: 'Devices', permission: 'devices:manage' },
  { href: '/admin/api-keys', label: 'API keys', permission: 'chain:manage' },
  { href: '/admin/table-cards', label: 'Table cards', permission: 'devices:manage' },
  { href: '/admin/audit', label: 'Audit', permission: 'audit:read' },
]

/** The sections that a role may open. */
export const adminSections = (role: Role): AdminSection[] =>
  SECTIONS.filter(({ permission }) => roleMay(role, permission))
