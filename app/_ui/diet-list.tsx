import { type DietVerdict, dietVerdicts, type Makeup } from '@/domain/diet'
import { breachWords, DIET_WORDS } from './diet-words'
import { StatusMark } from './status-mark'

type Line = Makeup & { ingredient: string }

const MOST_NAMED = 3

/** Which diets a card goes with, and for each of the others the ingredients that break it. Nobody sets these by hand. */
export function DietList({ lines, isAside = false }: { lines: readonly Line[]; isAside?: boolean }) {
  const verdicts = dietVerdicts(lines)
  const fitting = verdicts.filter(({ fits }) => fits)
  const broken = verdicts.map(known).filter(({ broken }) => broken.length > 0)
  const undescribed = lines.filter(({ animalSources }) => animalSources === null)
  return (
    <section aria-labelledby="diets">
      <h2
        id="diets"
        className={
          isAside ? 'pb-1 font-semibold' : 'flex items-center pb-2 text-lg font-semibold lg:min-h-11'
        }
      >
        Diets
      </h2>
      {lines.length === 0 ? <p className="text-muted">Not known while the card has no lines.</p> : null}
      {undescribed.length > 0 ? (
        <p className="border-t border-line py-1.5">
          <StatusMark tone="amber">Not known</StatusMark>{' '}
          <span className="text-muted">
            while nobody has said whether {named(undescribed.map(({ ingredient }) => ingredient))} comes from
            animals.
          </span>
        </p>
      ) : null}
      {fitting.length > 0 ? (
        <ul aria-label="Goes with" className="flex flex-wrap gap-x-4 border-t border-line py-1.5">
          {fitting.map(({ diet }) => (
            <li key={diet}>
              <StatusMark tone="green">{DIET_WORDS[diet]}</StatusMark>
            </li>
          ))}
        </ul>
      ) : null}
      {broken.length > 0 ? (
        <dl aria-label="Does not go with" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
          {broken.map((verdict) => (
            <div
              key={verdict.diet}
              className="col-span-2 grid grid-cols-subgrid items-baseline border-t border-line py-1.5"
            >
              <dt>
                <StatusMark tone="muted">{DIET_WORDS[verdict.diet]}</StatusMark>
              </dt>
              <dd className="text-muted">
                {named(verdict.broken.map(({ line, by }) => `${line.ingredient} (${breachWords(by)})`))}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  )
}

/** What is not known breaks every diet, and is said once. */
const known = (verdict: DietVerdict<Line>): DietVerdict<Line> => ({
  ...verdict,
  broken: verdict.broken.filter(({ by }) => by !== 'unknown'),
})

function named(names: readonly string[]): string {
  const others = names.length - MOST_NAMED
  return `${names.slice(0, MOST_NAMED).join(', ')}${others > 0 ? ` and ${others} more` : ''}`
}
