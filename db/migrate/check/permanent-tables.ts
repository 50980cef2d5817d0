/**
 * Tables whose rows are deactivated, closed or anonymised and never deleted, and whose keys never change. So no foreign
 * key to them is ever looked up the other way round, and none needs an index of its own. (A test looks through the
 * program for a DELETE.)
 */
export const PERMANENT_TABLES: ReadonlySet<string> = new Set([
  'categories',
  'change_sets',
  'customers',
  'devices',
  'ingredients',
  'menu_items',
  'restaurants',
  'stock_levels',
  'suppliers',
  'users',
])
