'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { anonymiseCustomer } from '@/db/mutations/customers'

/** Forgets who a customer was, in all restaurants and for good. */
export const anonymise = defineAction({
  name: 'customer.anonymise',
  input: z.object({ customer: z.coerce.number().int().min(1).max(999_999_999) }),
  permission: 'customers:anonymise',
  run: async (scope, { customer }) => {
    const done = await anonymiseCustomer(database(), scope, { customerId: customer })
    if (done.ok) refresh()
    return done
  },
  words: {
    unknown_customer: 'This customer is not there (any more). Search again.',
    order_open:
      'An order of this customer is still on a wall and needed there as it is. Try again once it has left the kitchen.',
  },
})
