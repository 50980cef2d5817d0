/** The kinds of things that the audit speaks of. A restaurant's own price of a dish is a change of the dish there. */
export const AUDIT_SUBJECTS = [
  'menu_item',
  'recipe',
  'category',
  'ingredient',
  'supplier',
  'restaurant',
  'user',
  'device',
  'api_key',
  'change_set',
  'recipe_import',
  'import',
] as const
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number]
