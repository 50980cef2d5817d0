import Link from 'next/link'
import { currentChangeSet } from '@/app/_server/change-set'
import { currentPerson } from '@/app/_server/session'
import { classes } from '@/app/_ui/classes'
import { roleMay } from '@/domain/scope'
import { LeaveForm } from './editing-forms'

const LINK = 'inline-flex min-h-11 items-center underline underline-offset-2 md:min-h-9'

/** Where edits of the menu go, above the pages on which admins make them. Nothing for everybody else. */
export async function ChangeSetBar() {
  const person = await currentPerson()
  if (!person || !roleMay(person.role, 'menu:edit')) return null
  const set = await currentChangeSet()
  return (
    <aside
      aria-label="Where edits go"
      className={classes(
        'mb-4 flex flex-wrap items-center gap-x-4 border-l-2 pl-3 print:hidden',
        set ? 'border-blue bg-wash' : 'border-line text-muted',
      )}
    >
      {set ? (
        <>
          <p className="py-1">
            Editing in: <strong className="wrap-anywhere">{set.name}</strong> · {set.edits}{' '}
            {set.edits === 1 ? 'change' : 'changes'}
          </p>
          <Link href={`/menu/changes/${set.id}`} prefetch={false} className={LINK}>
            Preview and publish
          </Link>
          <LeaveForm variant="quiet" />
        </>
      ) : (
        <>
          <p className="py-1">Edits go live at once.</p>
          <Link href="/menu/changes" prefetch={false} className={LINK}>
            Collect them in a change set
          </Link>
        </>
      )}
    </aside>
  )
}
