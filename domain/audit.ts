/**
 * The kinds of things that the audit speaks of. A restaurant's own price of a dish is a change of the dish there; a stock
 * level is an ingredient in a restaurant, by the ingredient's id.
 */
export const AUDIT_SUBJECTS = [
  'menu_item',
  'recipe',
  'category',
  'ingredient',
  'supplier',
  'restaurant',
  'restaurant_group',
  'stock_level',
  'user',
  'device',
  'api_key',
  'change_set',
  'recipe_import',
  'import',
  'database_session',
  'customer',
] as const
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number]
