import { readSearchText } from '../admin/search-text'

/** Which of the restaurants are shown: all, or those where somebody must act; of these, those with the words. */
export type OverviewView = { search: string; show: 'all' | 'attention' }

/** What an address asks for; whatever is malformed asks for nothing. */
export const readOverviewView = ({
  q,
  show,
}: Record<string, string | string[] | undefined>): OverviewView => ({
  search: readSearchText(q),
  show: show === 'attention' ? 'attention' : 'all',
})

export function overviewHref({ search, show }: OverviewView): string {
  const params = new URLSearchParams({ ...(search && { q: search }), ...(show !== 'all' && { show }) })
  return params.size > 0 ? `/overview?${params}` : '/overview'
}
