/** Where addresses name a restaurant besides a part of the path. */
const PARAMETERS = ['restaurant', 'stock']

/** The path and search of a page with a restaurant's slug changed: `/orders/old/new` to `/orders/present/new`. */
export function pathWithSlug(path: string, former: string, present: string): string {
  const url = new URL(path, 'http://own.invalid')
  const parts = url.pathname.split('/').map((part) => (part === former ? present : part))
  for (const name of PARAMETERS)
    if (url.searchParams.get(name) === former) url.searchParams.set(name, present)
  return parts.join('/') + url.search
}
