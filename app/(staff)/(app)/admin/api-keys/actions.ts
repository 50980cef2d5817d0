'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { createApiKey, revokeApiKey } from '@/db/mutations/api-keys'
import { apiKeyNameSchema } from '@/domain/api'

/** Makes a key and answers with it, which is the only time that it is seen. */
export const createKey = defineAction({
  name: 'api_key.create',
  input: z.object({ slug: z.string().min(1, 'Choose a restaurant.').max(80), name: apiKeyNameSchema }),
  permission: 'chain:manage',
  run: async (scope, { slug, name }) => {
    const created = await createApiKey(database(), scope, { slug, name })
    if (!created.ok) return created
    refresh()
    return { ok: true, key: created.key, restaurant: created.restaurant, name } as const
  },
  words: {
    unknown_restaurant: 'This restaurant was closed meanwhile. Reload the page and choose another one.',
    name_taken: 'Another key of this restaurant has this name. Choose a different one.',
    too_many_keys: 'This restaurant has two keys, as many as it may have. Revoke one of them first.',
  },
})

/** Ends a key, at once and for good. */
export const revokeKey = defineAction({
  name: 'api_key.revoke',
  input: z.object({ slug: z.string().max(80), name: z.string().max(100) }),
  permission: 'chain:manage',
  run: async (scope, input) => {
    const revoked = await revokeApiKey(database(), scope, input)
    refresh()
    return revoked
  },
  words: { unknown_key: 'This key was revoked already.' },
})
