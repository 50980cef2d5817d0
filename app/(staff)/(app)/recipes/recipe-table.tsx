'use client'

import { classes } from '@/app/_ui/classes'
import { DietMarks } from '@/app/_ui/diet-marks'
import { useRowLinks } from '@/app/_ui/row-links'
import { ariaSort } from '@/app/_ui/sort-link'
import type { RecipeSort } from '@/domain/recipe-search'
import { DifficultyMarks } from './difficulty-marks'
import type { RecipeLine } from './recipe-lines'
import styles from './recipes.module.css'

type Head = { label: string; className?: string; sorts?: RecipeSort; isCost?: true }

const HEADS: readonly Head[] = [
  { label: 'Recipe', sorts: 'title' },
  { label: 'Cuisine', className: 'wide' },
  { label: 'Difficulty', className: 'wide' },
  { label: 'Prep min', className: 'end wide', sorts: 'prep' },
  { label: 'Chef', className: 'wide' },
  { label: 'Diets', className: 'wide' },
  { label: 'Cost a portion', className: 'end', isCost: true },
]

/**
 * A page of recipes. Sorted by the links above it, since some orders have no column. A client component so that the rows
 * travel once, as data, and not as a tree of elements besides.
 */
export function RecipeTable({
  lines,
  sort,
  showCosts,
}: {
  lines: RecipeLine[]
  sort: RecipeSort
  showCosts: boolean
}) {
  const follow = useRowLinks()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys press the links in it as clicks do
    <table className={classes('data-table', styles.recipes)} onClick={follow}>
      <caption className="sr-only">Recipes</caption>
      <thead>
        <tr>
          {HEADS.filter(({ isCost }) => showCosts || !isCost).map(({ label, className, sorts }) => (
            <th key={label} scope="col" className={className} aria-sort={ariaSort(sorts === sort && 'asc')}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <RecipeRow key={line.id} line={line} showCosts={showCosts} />
        ))}
      </tbody>
    </table>
  )
}

function RecipeRow({ line, showCosts }: { line: RecipeLine; showCosts: boolean }) {
  const { id, title, cuisine, difficulty, prep, chef, years, diets, cost } = line
  return (
    <tr>
      <th scope="row">
        <a href={`/recipes/${id}`} className={styles.title}>
          {title}
        </a>
        <PhoneLine line={line} />
      </th>
      <td className="wide">{cuisine}</td>
      <td className="wide">
        <DifficultyMarks difficulty={difficulty} />
      </td>
      <td className="end wide">{prep}</td>
      <td className="wide">
        {`${chef} `}
        <span className="text-muted">{years}</span>
      </td>
      <td className="wide">
        <DietMarks diets={diets} />
      </td>
      {showCosts ? (
        <td className="end">{cost === null ? <span className="text-muted">–</span> : cost}</td>
      ) : null}
    </tr>
  )
}

/** What has no column on a phone. */
const PhoneLine = ({ line: { cuisine, difficulty, prep, chef, diets } }: { line: RecipeLine }) => (
  <span className={styles.phoneLine}>
    {`${cuisine} `}
    <DifficultyMarks difficulty={difficulty} />
    {` ${prep} min, ${chef}${diets.length > 0 ? ' · ' : ''}`}
    <DietMarks diets={diets} />
  </span>
)
