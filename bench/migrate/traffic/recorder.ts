import { spreadOf } from '../../lib/meter'

/** What was asked for. `order` and `press` count each sending, so that a repetition does not hide the failure before it. */
export type Kind = 'order' | 'press' | 'page' | 'edit' | 'order on the wall' | 'wall stream'

export type Sample = {
  kind: Kind
  /** What was going on when it began. */
  label: string
  /** When it began, in milliseconds of this process. */
  at: number
  ms: number
  /** Why it failed, such as `503`; null where all went well. */
  failure: string | null
}

export type End = (failure: string | null, endedAt?: number) => void

export type Figures = {
  count: number
  failed: number
  /** Milliseconds, failed ones included: somebody waited for them, too. */
  p50: number
  p99: number
  max: number
}

/** Keeps what each request took, under what was going on when it began. */
export class Recorder {
  readonly samples: Sample[] = []
  #label = ''

  mark(label: string): void {
    this.#label = label
  }

  /** Begins one request; the returned function ends it, now or when told. What several see ends several times. */
  begin(kind: Kind): End {
    const label = this.#label
    const at = performance.now()
    return (failure, endedAt = performance.now()) => {
      this.samples.push({ kind, label, at, ms: endedAt - at, failure })
    }
  }
}

/** The figures of each kind of request, of those samples that are asked for. */
export function figuresOf(
  samples: readonly Sample[],
  isAskedFor: (sample: Sample) => boolean = () => true,
): Map<Kind, Figures> {
  const kinds = groupBy(samples.filter(isAskedFor), ({ kind }) => kind)
  return new Map(
    [...kinds].map(([kind, ofKind]) => {
      const { median, p99, max } = spreadOf(ofKind.map(({ ms }) => ms))
      const failed = ofKind.filter(({ failure }) => failure !== null).length
      return [kind, { count: ofKind.length, failed, p50: median, p99, max }]
    }),
  )
}

/** `Map.groupBy`, which Node 20 lacks. */
export function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
