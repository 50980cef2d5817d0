import Link from 'next/link'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { DietMarks } from '@/app/_ui/diet-marks'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import type { FoundRecipe } from '@/db/queries/recipe-search'
import type { RecipeSearch } from '@/domain/recipe-search'
import { DifficultyMarks } from './difficulty-marks'
import styles from './recipes.module.css'

/** A page of recipes. Sorted by the links above it, since some orders have no column. */
export function RecipeTable({
  rows,
  search,
  format,
  showCosts,
}: {
  rows: FoundRecipe[]
  search: RecipeSearch
  format: MoneyFormat
  showCosts: boolean
}) {
  return (
    <DataTable
      caption="Recipes"
      columns={[...COLUMNS, ...(showCosts ? [costColumn(format)] : [])]}
      rows={rows}
      rowId={({ id }) => String(id)}
      sort={{ id: search.sort, desc: false }}
    />
  )
}

const column = columnsFor<FoundRecipe>()

const COLUMNS = [
  column.accessor('title', {
    header: 'Recipe',
    meta: { rowHeader: true, className: 'w-full max-w-0' },
    cell: ({ row: { original } }) => <TitleCell recipe={original} />,
  }),
  column.accessor('cuisine', { header: 'Cuisine', meta: { wideOnly: true, className: 'whitespace-nowrap' } }),
  column.accessor('difficulty', {
    header: 'Difficulty',
    meta: { wideOnly: true },
    cell: ({ getValue }) => <DifficultyMarks difficulty={getValue()} />,
  }),
  column.accessor('prepMinutes', {
    id: 'prep',
    header: 'Prep min',
    meta: { align: 'end', wideOnly: true },
  }),
  column.accessor('chef', {
    header: 'Chef',
    meta: { wideOnly: true, className: 'whitespace-nowrap' },
    cell: ({ row: { original } }) => (
      <>
        {`${original.chef} `}
        <span className="text-muted">{years(original.chefExperience)}</span>
      </>
    ),
  }),
  column.accessor('diets', {
    header: 'Diets',
    meta: { wideOnly: true, className: 'whitespace-nowrap' },
    cell: ({ getValue }) => <DietMarks diets={getValue()} />,
  }),
]

const years = (count: number): string => `${count} ${count === 1 ? 'year' : 'years'}`

const costColumn = (format: MoneyFormat) =>
  column.accessor('cost', {
    header: 'Cost a portion',
    meta: { align: 'end' },
    cell: ({ getValue }) => {
      const cents = getValue()
      return cents === null ? <span className="text-muted">–</span> : <Money cents={cents} format={format} />
    },
  })

/** The name; on a phone a second line holds what has no column there. */
function TitleCell({ recipe }: { recipe: FoundRecipe }) {
  return (
    <>
      <Link href={`/recipes/${recipe.id}`} prefetch={false} className={styles.title}>
        {recipe.title}
      </Link>
      <span className={styles.phoneLine}>
        {`${recipe.cuisine} `}
        <DifficultyMarks difficulty={recipe.difficulty} />
        {` ${recipe.prepMinutes} min, ${recipe.chef}${recipe.diets.length > 0 ? ' · ' : ''}`}
        <DietMarks diets={recipe.diets} />
      </span>
    </>
  )
}
