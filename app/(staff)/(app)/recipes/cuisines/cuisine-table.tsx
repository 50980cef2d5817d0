import Link from 'next/link'
import type { ReactNode } from 'react'
import { Bar } from '@/app/_ui/bar'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { RecipeStatistics } from '@/db/queries/recipe-statistics'
import { DIFFICULTIES } from '@/domain/recipe'
import { average, share } from './figures'

type Cuisine = RecipeStatistics['cuisines'][number]
type Props = RecipeStatistics & { locale: string }

/** One row a cuisine. Each figure has a thin bar; where there is a mark across it, that is the whole book's. */
export const CuisineTable = (props: Props) => (
  <DataTable
    caption="Cuisines, the largest first"
    columns={columnsOf(props)}
    rows={props.cuisines}
    rowId={({ cuisine }) => cuisine}
  />
)

const column = columnsFor<Cuisine>()

function columnsOf({ overall, cuisines, locale }: Props) {
  const most = Math.max(...cuisines.map(({ recipes }) => recipes))
  const longest = Math.max(...cuisines.map(({ averagePrepMinutes }) => Number(averagePrepMinutes)))
  const quickest = Math.max(...cuisines.map(({ quick, recipes }) => quick / recipes))
  return [
    column.accessor('cuisine', {
      header: 'Cuisine',
      meta: { rowHeader: true },
      cell: ({ getValue }) => (
        <Link href={`/recipes?cuisine=${encodeURIComponent(getValue())}`} prefetch={false}>
          {getValue()}
        </Link>
      ),
    }),
    column.accessor('recipes', {
      header: 'Recipes',
      meta: { align: 'end' },
      cell: ({ getValue }) => (
        <Barred bar={<Bar value={getValue()} max={most} />}>{getValue().toLocaleString(locale)}</Barred>
      ),
    }),
    column.accessor('averagePrepMinutes', {
      header: 'Prep min',
      meta: { align: 'end', className: 'max-[22rem]:hidden' },
      cell: ({ getValue }) => (
        <Barred
          bar={<Bar value={Number(getValue())} max={longest} marks={[Number(overall.averagePrepMinutes)]} />}
        >
          {average(getValue(), locale)}
        </Barred>
      ),
    }),
    column.accessor('averageDifficulty', {
      header: 'Difficulty',
      meta: { align: 'end', className: 'max-[30rem]:hidden' },
      cell: ({ getValue }) => (
        <Barred
          bar={
            <Bar
              value={Number(getValue()) - 1}
              max={DIFFICULTIES.length - 1}
              marks={[Number(overall.averageDifficulty) - 1]}
            />
          }
        >
          {average(getValue(), locale, 2)}
        </Barred>
      ),
    }),
    column.display({
      id: 'quick',
      header: 'Quick',
      meta: { align: 'end' },
      cell: ({ row: { original } }) => (
        <Barred
          bar={
            <Bar
              value={original.quick / original.recipes}
              max={quickest}
              marks={[overall.quick / overall.recipes]}
            />
          }
        >
          {share(original.quick, original.recipes, locale)}
        </Barred>
      ),
    }),
  ]
}

/** The bar stands before its figure; a phone has room for the figure only. */
const Barred = ({ bar, children }: { bar: ReactNode; children: ReactNode }) => (
  <span className="flex items-center justify-end gap-3">
    <span className="w-full min-w-16 max-md:hidden">{bar}</span>
    <span className="shrink-0 whitespace-nowrap md:w-14">{children}</span>
  </span>
)
