/** With more columns than these a phone has no room for figures. */
const MOST_COLUMNS_ON_PHONE = 12

/** The strongest cell: more ink would leave its figure too little contrast, by day or by night. */
const MOST_INK = 34

/**
 * A table whose cells are the darker the more they hold. It is a table, so it needs none beside it: the figures stand in
 * the cells; on a phone for screen readers alone where there are many columns.
 */
export function HeatMap({
  caption,
  corner,
  columns,
  rows,
  figure,
  isCount = false,
}: {
  caption: string
  /** What the names of the rows are. */
  corner: string
  columns: readonly { label: string; words: string }[]
  rows: readonly { label: string; values: readonly number[] }[]
  figure: (value: number) => string
  /** Twice as many is twice as dark; else the lowest value is the lightest, so that values close together differ. */
  isCount?: boolean
}) {
  const filled = rows.flatMap(({ values }) => values.filter((value) => value > 0))
  const figures = columns.length > MOST_COLUMNS_ON_PHONE ? 'max-md:sr-only' : undefined
  const scale = { lowest: isCount ? 0 : Math.min(...filled), highest: Math.max(...filled) }
  return (
    <table className="w-full table-fixed border-collapse text-sm tabular-nums max-md:text-[0.6875rem]">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-muted">
          <th scope="col" className="w-9 text-start md:w-12 font-normal">
            <span className="sr-only">{corner}</span>
          </th>
          {columns.map(({ label, words }, index) => (
            <th key={label} scope="col" className="font-normal">
              <span aria-hidden="true" className={index % 3 === 0 ? undefined : 'max-md:hidden'}>
                {label}
              </span>
              <span className="sr-only">{words}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, values }) => (
          <tr key={label}>
            <th scope="row" className="text-start font-normal text-muted">
              {label}
            </th>
            {values.map((value, index) => (
              <td
                key={columns[index]?.label ?? index}
                className="h-7 overflow-hidden border border-paper p-0 text-center"
                style={{ background: ink(value, scale) }}
              >
                {value > 0 ? (
                  <span className={figures}>{figure(value)}</span>
                ) : (
                  <span className="sr-only">none</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ink(value: number, { lowest, highest }: { lowest: number; highest: number }): string {
  if (value <= 0) return 'var(--paper)'
  const share = highest > lowest ? (value - lowest) / (highest - lowest) : 1
  return `color-mix(in oklab, var(--ink) ${Math.max(3, Math.round(share * MOST_INK))}%, var(--paper))`
}
