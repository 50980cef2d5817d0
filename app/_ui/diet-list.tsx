import { type DietVerdict, dietVerdicts, type Makeup } from '@/domain/diet'
import { breachWords, DIET_WORDS } from './diet-words'
import { StatusMark } from './status-mark'

type Line = Makeup & { ingredient: string }

const MOST_NAMED = 3

/** Which diets a card goes with, and for each of the others the ingredients that break it. Nobody sets these by hand. */
export function DietList({ lines }: { lines: readonly Line[] }) {
  const verdicts = dietVerdicts(lines)
  const fitting = verdicts.filter(({ fits }) => fits)
  return (
    <section aria-labelledby="diets">
      <h2 id="diets" className="flex items-center pb-2 text-lg font-semibold lg:min-h-11">
        Diets
      </h2>
      {lines.length === 0 ? (
        <p className="text-muted">Not known while the card has no lines.</p>
      ) : (
        <>
          {fitting.length === 0 ? null : (
            <ul aria-label="Goes with" className="flex flex-wrap gap-x-4 border-t border-line py-1.5">
              {fitting.map(({ diet }) => (
                <li key={diet}>
                  <StatusMark tone="green">{DIET_WORDS[diet]}</StatusMark>
                </li>
              ))}
            </ul>
          )}
          <dl aria-label="Does not go with" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
            {verdicts
              .filter(({ fits }) => !fits)
              .map((verdict) => (
                <div
                  key={verdict.diet}
                  className="col-span-2 grid grid-cols-subgrid items-baseline border-t border-line py-1.5"
                >
                  <dt>
                    <StatusMark tone="muted">{DIET_WORDS[verdict.diet]}</StatusMark>
                  </dt>
                  <dd className="text-muted">{because(verdict)}</dd>
                </div>
              ))}
          </dl>
        </>
      )}
    </section>
  )
}

function because({ broken }: DietVerdict<Line>): string {
  const named = broken.slice(0, MOST_NAMED).map(({ line, by }) => `${line.ingredient} (${breachWords(by)})`)
  const others = broken.length - named.length
  return `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
}
