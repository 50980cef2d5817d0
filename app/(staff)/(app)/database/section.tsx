import type { ReactNode } from 'react'

/** A part of the page under its heading, with what the heading leaves open beside it. */
export function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line py-4">
      <div className="flex flex-wrap items-baseline gap-x-3 pb-2">
        <h2 className="text-lg font-semibold">{title}</h2>
        {note ? <p className="text-muted">{note}</p> : null}
      </div>
      {children}
    </section>
  )
}
