'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { goOn } from '@/app/_server/imports'
import { beginTaking } from '@/db/mutations/imports'
import { getImport } from '@/db/queries/imports'

const anImport = z.object({ import: z.coerce.number().int().min(1).max(999_999_999) })

/** Begins to take the good rows of a checked file, or goes on with what was interrupted, and shows how far it is. */
export const proceed = defineAction({
  name: 'import.proceed',
  input: anImport,
  permission: 'menu:edit',
  run: async (scope, { import: importId }) => {
    await beginTaking(database(), scope, { importId })
    const file = await getImport(database(), scope, importId)
    if (!file) return { ok: false, reason: 'gone' } as const
    if (file.state !== 'checking' && file.state !== 'taking')
      return { ok: false, reason: 'nothing_to_take' } as const
    await goOn(scope, importId, file.state)
    redirect(`/admin/imports/${importId}`)
  },
  words: {
    gone: 'This file is not there (any more). Upload it again.',
    nothing_to_take: 'Nothing of this file is left to take. Reload the page to see what became of it.',
  },
})
