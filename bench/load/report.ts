import { markdownTable } from '../lib/report'
import { capacityOf } from './promises'
import type { LoadPlan, LoadStep } from './run'
import { KINDS } from './tally'

/** The tables of all steps, and what they say, as Markdown. */
export function loadReport(where: string, plan: LoadPlan, steps: readonly LoadStep[]): string {
  const rest =
    plan.pauseMs === 0 ? 'ask again as soon as they have an answer' : `pause for ${plan.pauseMs} ms`
  return [
    `${where}; ${plan.processes} web processes with ${plan.poolMax} connections each. Clients, web processes and PostgreSQL share the machine; people ${rest}, and whoever is refused comes back after \`Retry-After\`.`,
    ...plan.mise.flatMap((mise) => {
      const ofMise = steps.filter((step) => step.mise === mise)
      return ['', capacityInWords(mise, ofMise), '', tableOf(ofMise)]
    }),
  ].join('\n')
}

function capacityInWords(mise: string, steps: readonly LoadStep[]): string {
  const capacity = capacityOf(steps)
  const words = capacity === null ? 'below the smallest crowd' : `${capacity.toLocaleString('en')} users`
  const budget = steps.map((step) => `${step.connections} of ${step.budget}`).join(', ')
  return `With \`MISE=${mise}\` capacity is **${words}**: the largest crowd of which nobody was refused. PostgreSQL connections at most: ${budget}.`
}

const tableOf = (steps: readonly LoadStep[]): string =>
  markdownTable(
    ['users', 'request', 'a second', 'p50 ms', 'p99 ms', 'max ms', '503', '5xx', 'other', 'no answer'],
    steps.flatMap(({ users, seconds, figures }) =>
      KINDS.map((kind) => {
        const of = figures.get(kind)
        const ms = [of?.median, of?.p99, of?.max].map((value) =>
          Number.isNaN(value) ? '' : `${value?.toFixed(0)}`,
        )
        const ends = [of?.refused, of?.error, of?.unexpected, of?.['no answer']].map(
          (count) => `${count ?? 0}`,
        )
        return [users.toLocaleString('en'), kind, ((of?.served ?? 0) / seconds).toFixed(1), ...ms, ...ends]
      }),
    ),
  )
