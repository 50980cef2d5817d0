import type { ReactNode } from 'react'

/** A number with its unit, what it counts, and what it compares with. Stands in a `FigureRow`. */
export function Figure({
  label,
  value,
  unit,
  compare,
}: {
  label: string
  value: ReactNode
  unit?: string
  /** Such as "12 % over the last 4 Saturdays". */
  compare?: ReactNode
}) {
  return (
    <div className="grid content-start md:border-l md:border-line md:px-4 md:first:border-l-0 md:first:pl-0">
      <dt className="text-muted">{label}</dt>
      <dd className="text-xl font-semibold">
        {value}
        {unit ? <span className="pl-1 text-base font-normal text-muted">{unit}</span> : null}
      </dd>
      {compare ? <dd className="text-sm text-muted">{compare}</dd> : null}
    </div>
  )
}

export function FigureRow({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-4 pb-6 md:flex md:flex-wrap md:gap-x-0">{children}</dl>
}
