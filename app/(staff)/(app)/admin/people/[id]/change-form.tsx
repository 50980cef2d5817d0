'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { restaurantField } from '@/domain/person'
import { ROLES, type Role } from '@/domain/vocabulary'
import { change } from '../actions'
import { PersonFields } from '../person-fields'
import { ROLE_WORDS } from '../words'

type Result = Awaited<ReturnType<typeof change>> | null
type Restaurant = { id: number; slug: string; name: string }

/**
 * Name, role and restaurants. Where somebody else saved meanwhile, what is typed stays; both are there to choose from,
 * and sending again replaces the other one.
 */
export function ChangeForm({
  person,
  restaurants,
  isOwn,
}: {
  person: { id: number; name: string; role: Role; restaurantIds: readonly number[]; version: string }
  restaurants: readonly Restaurant[]
  isOwn: boolean
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(change, null)
  const failure = result?.ok === false ? result : null
  const typed = failure?.values
  const other = failure?.reason === 'changed_meanwhile' ? failure : null
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      // The browser would stop at its own words, one field at a time.
      noValidate
      className="grid gap-4 border-t border-line py-4"
    >
      <FormMessage>{failure?.message}</FormMessage>
      {other ? <OtherVersion other={other.now} restaurants={restaurants} /> : null}
      <input type="hidden" name="userId" value={person.id} />
      <input type="hidden" name="version" value={other?.version ?? typed?.version ?? person.version} />
      <PersonFields
        // The browser resets a form that was sent; what it begins with again is what was typed or stored.
        key={JSON.stringify(typed ?? person)}
        restaurants={restaurants}
        values={{
          name: typed?.name ?? person.name,
          role: ROLES.find((role) => role === typed?.role) ?? person.role,
          isAt: (id) =>
            typed ? typed[restaurantField(id)] !== undefined : person.restaurantIds.includes(id),
        }}
        errors={failure?.fields}
        isOwn={isOwn}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" aria-busy={isPending}>
          {other ? 'Save mine instead' : 'Save'}
        </Button>
        {other ? (
          // A plain link: it brings the page anew, without what was typed.
          <a
            href={`/admin/people/${person.id}`}
            className="grid min-h-11 place-items-center underline md:min-h-9"
          >
            Keep theirs
          </a>
        ) : null}
        <p role="status" className="empty:hidden">
          {result?.ok && !isPending ? 'Saved.' : null}
        </p>
      </div>
    </form>
  )
}

type Other = { name: string; role: Role; restaurants: readonly string[] }

function OtherVersion({ other, restaurants }: { other: Other; restaurants: readonly Restaurant[] }) {
  const names = other.restaurants.map((slug) => restaurants.find((each) => each.slug === slug)?.name ?? slug)
  return (
    <section aria-label="What they saved" className="rounded-md border border-line bg-wash p-3">
      <p className="font-semibold">They saved</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        <dt className="text-muted">Name</dt>
        <dd className="wrap-anywhere">{other.name}</dd>
        <dt className="text-muted">Role</dt>
        <dd>{ROLE_WORDS[other.role]}</dd>
        <dt className="text-muted">Restaurants</dt>
        <dd className="wrap-anywhere">{names.length > 0 ? names.join(', ') : 'none'}</dd>
      </dl>
      <p className="pt-2 text-muted">Yours stands in the fields below, as you left it.</p>
    </section>
  )
}
