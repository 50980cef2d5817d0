'use client'

import { ErrorNotice } from '../../_ui/error-notice'

export default function AppError(props: { error: unknown; retry: () => void }) {
  return <ErrorNotice {...props} />
}
