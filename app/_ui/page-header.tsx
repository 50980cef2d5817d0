import type { ReactNode } from 'react'

/** The page's one heading, what it covers beside it, and what can be done here on the right. */
export function PageHeader({
  title,
  note,
  children,
}: {
  title: string
  note?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-4">
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-3">
        <h1 className="text-xl font-semibold tracking-[-0.01em] wrap-anywhere">{title}</h1>
        {note ? <p className="min-w-0 text-muted wrap-anywhere">{note}</p> : null}
      </div>
      {children}
    </header>
  )
}
