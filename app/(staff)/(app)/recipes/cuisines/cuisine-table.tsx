import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { RecipeStatistics } from '@/db/queries/recipe-statistics'
import { average, cuisineHref, share } from './figures'

type Cuisine = RecipeStatistics['cuisines'][number]
type Props = Pick<RecipeStatistics, 'cuisines'> & { locale: string }

/** One row a cuisine, with the figures that the charts draw. What a phone has no room for, it reads in the charts. */
export const CuisineTable = ({ cuisines, locale }: Props) => (
  <DataTable
    caption="Cuisines, the largest first"
    columns={columnsOf(locale)}
    rows={cuisines}
    rowId={({ cuisine }) => cuisine}
    className="lg:max-w-4xl"
  />
)

const column = columnsFor<Cuisine>()

const columnsOf = (locale: string) => [
  column.accessor('cuisine', {
    header: 'Cuisine',
    meta: { rowHeader: true, className: 'wrap-anywhere' },
    cell: ({ getValue }) => (
      <Link href={cuisineHref(getValue())} prefetch={false}>
        {getValue()}
      </Link>
    ),
  }),
  column.accessor('recipes', {
    header: 'Recipes',
    meta: { align: 'end' },
    cell: ({ getValue }) => getValue().toLocaleString(locale),
  }),
  column.accessor('averagePrepMinutes', {
    header: 'Prep min',
    meta: { align: 'end', className: 'max-[22rem]:hidden' },
    cell: ({ getValue }) => average(getValue(), locale),
  }),
  column.accessor('averageDifficulty', {
    header: 'Difficulty',
    meta: { align: 'end', className: 'max-[30rem]:hidden' },
    cell: ({ getValue }) => average(getValue(), locale, 2),
  }),
  column.display({
    id: 'quick',
    header: 'Quick',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => share(original.quick, original.recipes, locale),
  }),
]
