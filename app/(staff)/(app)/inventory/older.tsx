import { LinkButton } from '@/app/_ui/button'

/** Pages of a list that grows at its head: they are known by where they begin, so there is an earlier and a first one. */
export function Older({
  page,
  before,
  older,
}: {
  /** The list without parameters. */
  page: string
  /** Where this page begins; null is the newest. */
  before: string | null
  /** Where the next one begins; null on the last. */
  older: string | null
}) {
  if (before === null && older === null) return null
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
      {before === null ? null : <LinkButton href={page}>Newest</LinkButton>}
      {older === null ? null : <LinkButton href={`${page}?before=${older}`}>Earlier</LinkButton>}
    </nav>
  )
}
