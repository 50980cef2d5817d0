import type { LoadStep } from './run'
import { type Figures, KINDS, type Kind } from './tally'

/** Whoever waits for these stands in a kitchen or sits at a table: nobody sends them away. */
const NEVER_REFUSED: readonly Kind[] = ['guest menu', 'wall stream', 'order', 'press']

/** The most people that were all served, of those steps up to which all were; null where not even the fewest were. */
export function capacityOf(steps: readonly LoadStep[]): number | null {
  const rising = [...steps].sort((a, b) => a.users - b.users)
  const end = rising.findIndex((step) => [...step.figures.values()].some((figures) => failures(figures) > 0))
  return (end === -1 ? rising : rising.slice(0, end)).at(-1)?.users ?? null
}

const failures = ({ refused, ...figures }: Figures) => refused + broken(figures)
const broken = (figures: Omit<Figures, 'refused'>) =>
  figures.error + figures.unexpected + figures['no answer']

/** What was promised and is not so, in sentences: under no load a connection error, a 5xx, or a kitchen sent away. */
export function brokenPromises(steps: readonly LoadStep[]): string[] {
  return steps.flatMap((step) => {
    const where = `${step.users} users, MISE=${step.mise}`
    const ofKinds = KINDS.flatMap((kind) => {
      const figures = step.figures.get(kind)
      if (!figures) return []
      const refused = NEVER_REFUSED.includes(kind) ? figures.refused : 0
      return [
        ...(figures.served === 0 ? [`${where}: no ${kind} was served.`] : []),
        ...(broken(figures) > 0 ? [`${where}: ${broken(figures)} of ${kind} failed.`] : []),
        ...(refused > 0 ? [`${where}: ${refused} of ${kind} were refused.`] : []),
      ]
    })
    const over = step.connections > step.budget
    const spent = `${where}: ${step.connections} connections, and the budget is ${step.budget}.`
    return over ? [...ofKinds, spent] : ofKinds
  })
}
