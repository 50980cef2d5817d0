import type { ReactNode } from 'react'

/** A page that is only words and a way on: not found, gone wrong. */
export function Notice({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  action: ReactNode
}) {
  return (
    <div className="mx-auto grid min-h-[70dvh] max-w-md content-center justify-items-start gap-3 px-4">
      <h1 className="text-2xl font-semibold tracking-[-0.01em]">{title}</h1>
      <p className="text-muted">{children}</p>
      {action}
    </div>
  )
}
