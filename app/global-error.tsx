'use client'

import { ErrorNotice } from './_ui/error-notice'
import './globals.css'

/** Takes the place of a root layout that failed, so it brings its own document and follows the system's theme. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>This did not work · Brigade</title>
        <main>
          <ErrorNotice {...props} />
        </main>
      </body>
    </html>
  )
}
