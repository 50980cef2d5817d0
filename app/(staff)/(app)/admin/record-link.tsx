import Link from 'next/link'

/** The name in a row of a list: the way to its form, as high as a finger. */
export function RecordLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
    >
      {children}
    </Link>
  )
}
