import Link from 'next/link'
import { Fragment } from 'react'

/** Some of what belongs to a record, in one paragraph, and how many more there are. */
export function LinkList({
  links,
  total,
}: {
  links: readonly { href: string; name: string }[]
  total: number
}) {
  return (
    <p className="pt-1 leading-7">
      {links.map(({ href, name }, n) => (
        <Fragment key={href}>
          {n > 0 ? ', ' : ''}
          <Link href={href} prefetch={false} className="underline">
            {name}
          </Link>
        </Fragment>
      ))}
      {total > links.length ? ` and ${total - links.length} more` : ''}
    </p>
  )
}
