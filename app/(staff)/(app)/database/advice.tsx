import type { ReactNode } from 'react'

/** Under figures: what is normal, and what to do where they aren't. */
export function Advice({ children }: { children: ReactNode }) {
  return <p className="max-w-prose pt-2 text-muted">{children}</p>
}
