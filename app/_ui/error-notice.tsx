'use client'

import { Button } from './button'
import { Notice } from './notice'

/** `digest` finds the error in the server's log; an error of the browser has none. */
export function ErrorNotice({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <Notice
      title="This did not work"
      action={
        <Button variant="primary" type="button" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      Something on our side went wrong, not on yours. Nothing you saved before is lost. If it happens again,
      tell whoever runs Brigade{digest ? ` and give them this number: ${digest}.` : '.'}
    </Notice>
  )
}
