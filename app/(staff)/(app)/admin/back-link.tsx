import Link from 'next/link'

/** From a record to the list that it stands in. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <p className="pb-2">
      <Link href={href} prefetch={false} className="underline">
        {children}
      </Link>
    </p>
  )
}
