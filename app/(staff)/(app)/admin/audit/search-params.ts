import { AUDIT_SUBJECTS, type AuditSubject } from '@/domain/audit'

const TIMES = ['any', 'today', 'week', 'range'] as const
type AuditTime = (typeof TIMES)[number]

/** What the audit shows, as its URL says it. */
export type AuditView = {
  person: string
  subject: AuditSubject | null
  /** The number of one thing; its links lead here. */
  subjectId: string | null
  thing: string
  time: AuditTime
  /** First and last day of `range`, `YYYY-MM-DD`, in UTC like "today"; null is no bound. */
  from: string | null
  to: string | null
  /** The line after which the page begins; null is the newest. */
  before: number | null
}

type SearchParams = Record<string, string | string[] | undefined>

const LONGEST_SEARCH = 100

/** Whatever is malformed, or there twice, counts as not there. */
export function readAuditView(given: SearchParams): AuditView {
  const text = (name: string) => {
    const value = given[name]
    return typeof value === 'string'
      ? value
          .slice(0, LONGEST_SEARCH)
          .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
          .trim()
      : ''
  }
  const [from, to] = [readDay(text('from')), readDay(text('to'))]
  const time = TIMES.find((each) => each === text('time'))
  return {
    person: text('by'),
    subject: AUDIT_SUBJECTS.find((subject) => subject === text('kind')) ?? null,
    subjectId: text('id') || null,
    thing: text('q'),
    time: from || to ? 'range' : time === 'range' || !time ? 'any' : time,
    from,
    to,
    before: /^[1-9]\d{0,14}$/.test(text('before')) ? Number(text('before')) : null,
  }
}

function readDay(text: string): string | null {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return null
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text) ? text : null
}

/** A view as the URL's parameters; what is as usual is left out. */
export function auditParams(view: AuditView): Record<string, string> {
  const params: Record<string, string | null> = {
    by: view.person,
    kind: view.subject,
    id: view.subjectId,
    q: view.thing,
    time: view.time === 'any' || view.time === 'range' ? null : view.time,
    from: view.from,
    to: view.to,
    before: view.before === null ? null : String(view.before),
  }
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** The page's URL for a view with changes; whatever changes, it begins at the newest. */
export function auditHref(view: AuditView, change: Partial<AuditView> = {}): string {
  const query = new URLSearchParams(auditParams({ ...view, before: null, ...change })).toString()
  return query ? `/admin/audit?${query}` : '/admin/audit'
}

const DAY_MS = 86_400_000

/** The instants of a view, half-open. */
function spanOf({ time, from, to }: AuditView, now: number): { from: Date | null; to: Date | null } {
  const today = now - (now % DAY_MS)
  if (time === 'today') return { from: new Date(today), to: null }
  if (time === 'week') return { from: new Date(today - 6 * DAY_MS), to: null }
  return {
    from: from === null ? null : new Date(`${from}T00:00:00Z`),
    to: to === null ? null : new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS),
  }
}

/** The filter of a view, as the query takes it. */
export const filterOf = (view: AuditView, now: number) => ({
  person: view.person,
  subject: view.subject,
  subjectId: view.subjectId,
  thing: view.thing,
  ...spanOf(view, now),
})
