import type { ReactNode } from 'react'

/** What will appear here, and the first step towards it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="grid justify-items-start gap-2 border-y border-line py-8">
      <p className="font-semibold">{title}</p>
      {children ? <p className="max-w-prose text-muted">{children}</p> : null}
      {action}
    </div>
  )
}
