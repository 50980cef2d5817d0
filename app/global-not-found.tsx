import type { Metadata } from 'next'
import { NotFoundNotice } from './_ui/not-found-notice'
import StaffLayout from './(staff)/layout'

export const metadata: Metadata = { title: 'Nothing here · Brigade' }

/** A URL that no route serves. The staff's layout makes it render per request, so that its scripts carry the nonce. */
export default function GlobalNotFound() {
  return (
    <StaffLayout>
      <main>
        <NotFoundNotice />
      </main>
    </StaffLayout>
  )
}
