import Link from 'next/link'
import type { AuditLine } from '@/db/queries/audit'
import { PUBLISHED_SUBJECTS, subjectOfAudit } from '@/domain/record'
import type { WordsContext } from '../../menu/field-words'
import { changeItemWords } from './change-words'
import { type AuditView, auditHref } from './search-params'
import { UndoForm } from './undo-form'
import { actionWords, lineChanges, subjectWords, thingHref } from './words'

/** More fields than anybody reads in a list; a dish that was added shows its first ones. */
const MOST_FIELDS = 8

/** Lines of the audit, newest first: what happened to what, by whom, and each field before and after. */
export function AuditList({
  lines,
  view,
  context,
}: {
  lines: readonly AuditLine[]
  view: AuditView
  context: WordsContext
}) {
  const time = new Intl.DateTimeFormat(context.format.locale, {
    ...{ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' },
  })
  return (
    <ol className="border-t border-line">
      {lines.map((line) => (
        <li
          key={line.id}
          className="grid gap-x-6 gap-y-1 border-b border-line py-2 md:grid-cols-[11rem_minmax(0,1fr)_auto] md:py-3"
        >
          <p className="text-muted">
            <time dateTime={new Date(line.at).toISOString()}>{time.format(line.at)}</time>
            <span className="block wrap-anywhere">{line.by ?? 'Brigade itself'}</span>
          </p>
          <div className="min-w-0">
            <p className="wrap-anywhere">
              <span className="text-muted">{subjectWords(line.subject)}</span>{' '}
              <Thing line={line} view={view} /> {actionWords(line.action)}
              {line.restaurant ? ` in ${line.restaurant}` : null}
            </p>
            <Changes line={line} context={context} />
            {line.publication ? (
              <p className="text-sm text-muted wrap-anywhere">
                Part of “{line.publication}”{line.isUndone ? ', which was undone' : null}
              </p>
            ) : null}
          </div>
          {isUndoable(line) ? (
            <UndoForm line={line.id} name={`${line.thing ?? ''} ${actionWords(line.action)}`} />
          ) : null}
        </li>
      ))}
    </ol>
  )
}

/** What publications may hold goes back; the rest of a restaurant's work does not. */
function isUndoable({ subject, restaurantId, action, isUndone }: AuditLine): boolean {
  const record = subjectOfAudit(subject, restaurantId)
  const goesBack = record !== null && (PUBLISHED_SUBJECTS as readonly string[]).includes(record)
  return goesBack && !isUndone && /\.(created|changed)$/.test(action)
}

/** The name leads to the thing where it has a page, and to all that happened to it where it has none. */
function Thing({ line, view }: { line: AuditLine; view: AuditView }) {
  const { thing, subject, subjectId } = line
  const href =
    thingHref(line) ??
    auditHref(
      { ...view, person: '', thing: '', time: 'any', from: null, to: null },
      { subject: subject as never, subjectId },
    )
  return (
    <Link href={href} prefetch={false} className="font-semibold underline">
      {thing ?? `no. ${subjectId}`}
    </Link>
  )
}

function Changes({ line, context }: { line: AuditLine; context: WordsContext }) {
  const changes = lineChanges(line, context)
  if (changes.length === 0) return null
  const shown = changes.slice(0, MOST_FIELDS)
  return (
    <ul className="wrap-anywhere">
      {shown.map((change) => (
        <li key={change.field}>
          <span className="text-muted">{change.label}:</span> {changeItemWords(change)}
        </li>
      ))}
      {changes.length > shown.length ? (
        <li className="text-muted">and {changes.length - shown.length} more fields</li>
      ) : null}
    </ul>
  )
}
