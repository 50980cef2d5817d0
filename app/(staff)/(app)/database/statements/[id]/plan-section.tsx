import type { genericPlan } from '@/db/generic-plan'
import { planTree } from '@/db/plan-tree'
import { Advice } from '../../advice'

type Answer = Awaited<ReturnType<typeof genericPlan>>

/** How the server would run a statement whatever its values, or why it does not say. */
export function PlanSection({ answer, name }: { answer: Answer; name: string | null }) {
  if (!answer.ok)
    return (
      <p className="max-w-prose">
        {whyNot(answer)} {answer.reason === 'no_plan' ? null : <Measure name={name} />}
      </p>
    )
  const { plan } = answer
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard */}
      <pre tabIndex={0} className="overflow-x-auto leading-snug">
        <code>{planTree(plan).join('\n')}</code>
      </pre>
      <Advice>
        Nothing was run: this is what the server would do for any values, with the rows that it expects.{' '}
        {plan.scanned.length > 0 ? `Read from end to end: ${plan.scanned.join(', ')}. ` : null}
        <Measure name={name} />
      </Advice>
    </>
  )
}

function whyNot(answer: Extract<Answer, { ok: false }>): string {
  if (answer.reason === 'old_server')
    return 'Planning without values needs PostgreSQL 16 or newer; this server is older.'
  if (answer.reason === 'no_plan') return 'Statements of this kind have no plan.'
  return `It can’t be planned without its values: ${answer.words}.`
}

/** What is no query of `db/queries` has its folder before its name. */
const NO_QUERY = /^(?:mutations|jobs|import|records|seed)\//

function Measure({ name }: { name: string | null }) {
  return name && !NO_QUERY.test(name) ? (
    <>
      <code>npm run db:explain -- {name}</code> runs it with the values of a page and measures each step.
    </>
  ) : (
    <>To measure it, run it with EXPLAIN (ANALYZE, BUFFERS) in psql, in a transaction that you roll back.</>
  )
}
