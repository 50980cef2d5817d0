'use client'

import { ErrorNotice } from '../_ui/error-notice'

export default function StaffError(props: { error: unknown; retry: () => void }) {
  return (
    <main>
      <ErrorNotice {...props} />
    </main>
  )
}
