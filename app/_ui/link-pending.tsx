'use client'

import { useLinkStatus } from 'next/link'

/** Inside a link that stands `relative`: a line under it while its page is on the way, once that takes a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus()
  return pending ? <span aria-hidden="true" className="link-pending" /> : null
}
