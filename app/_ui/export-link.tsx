import Download from 'lucide-react/icons/download'
import { LinkButton } from './button'

/** The list of this page as a file, under the same filters. */
export function ExportLink({
  list,
  query = {},
}: {
  list: string
  query?: Record<string, string> | URLSearchParams
}) {
  const text = new URLSearchParams(query).toString()
  return (
    <LinkButton href={`/exports/${list}${text ? `?${text}` : ''}`} download variant="quiet">
      <Download size={16} aria-hidden />
      Export CSV
    </LinkButton>
  )
}
