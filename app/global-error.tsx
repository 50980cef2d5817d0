'use client'

import { ErrorNotice } from './_ui/error-notice'

/**
 * Takes the place of a root layout that failed, so it brings its own document. Without the staff's style sheet: Next
 * preloads whatever this file imports with every page, the guests' menu included.
 */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          colorScheme: 'light dark',
          fontFamily: 'system-ui, sans-serif',
          margin: '10vh auto',
          maxWidth: '36rem',
          padding: '0 1rem',
        }}
      >
        <title>This did not work · Brigade</title>
        <main>
          <ErrorNotice {...props} />
        </main>
      </body>
    </html>
  )
}
