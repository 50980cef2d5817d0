import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { POPULAR_FROM } from '@/domain/menu-engineering'
import { CLASS_WORDS, type EngineeredDish } from './engineered-dishes'
import { MenuMatrix } from './menu-matrix'
import { BesideChart, ReportSection } from './section'
import { shareText } from './words'

/** Popularity against margin: which dishes carry the menu, and which are carried. */
export function MenuSection({
  dishes,
  file,
  format,
}: {
  dishes: readonly EngineeredDish[]
  file: string
  format: MoneyFormat
}) {
  const unknown = dishes.filter(({ menuClass }) => menuClass === null).length
  return (
    <ReportSection
      id="menu-engineering"
      title="Menu engineering"
      note={
        <>
          Within its category a dish counts as popular from {Math.round(POPULAR_FROM * 100)} % of an equal
          share of the portions on (of ten dishes each would have 10 %, so 7 % is enough), and its margin as
          good from the average of all portions sold on. Margin is price less the ingredients by recipe card
          at today’s prices. After Kasavana and Smith,{' '}
          <cite>Menu Engineering: A Practical Guide to Menu Analysis</cite>, 1982.
          {unknown > 0
            ? ` ${unknown.toLocaleString(format.locale)} of the dishes ${unknown === 1 ? 'has' : 'have'} no recipe card, so no margin and no class.`
            : ''}
        </>
      }
      file={file}
      chart={<MenuMatrix dishes={dishes} format={format} />}
      table={
        <BesideChart label="Menu engineering">
          <DataTable
            caption="Dishes by class"
            columns={columnsOf(format)}
            rows={[...dishes]}
            rowId={({ menuItemId }) => String(menuItemId)}
          />
        </BesideChart>
      }
    />
  )
}

const column = columnsFor<EngineeredDish>()

const columnsOf = (format: MoneyFormat) => [
  column.accessor('name', {
    header: 'Dish',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <>
        <span className="wrap-anywhere">{original.name}</span>{' '}
        <span className="text-sm text-muted">{original.category}</span>
      </>
    ),
  }),
  column.accessor('menuClass', {
    header: 'Class',
    cell: ({ getValue }) => {
      const found = getValue()
      return found === null ? <span className="text-muted">no card</span> : CLASS_WORDS[found].name
    },
  }),
  column.accessor('popularity', {
    header: 'Of its category',
    meta: { align: 'end', wideOnly: true },
    cell: ({ getValue }) => shareText(getValue(), format.locale),
  }),
  column.accessor('margin', {
    header: 'Margin',
    meta: { align: 'end' },
    cell: ({ getValue }) => {
      const margin = getValue()
      return margin === null ? '–' : <Money cents={Math.round(margin)} format={format} />
    },
  }),
]
