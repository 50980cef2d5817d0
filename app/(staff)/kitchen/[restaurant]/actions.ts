'use server'

import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { defineWallAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { refusalMessage } from '@/app/api/kitchen/[restaurant]/moves/words'
import { applyMove } from '@/db/mutations/wall-moves'
import { ORDER_STATUSES, type OrderStatus } from '@/domain/vocabulary'

/** One button of a form is one ticket in the state in which it was seen: `"<order id> <status>"`. */
const input = z.object({
  restaurant: z.string(),
  ticket: z.templateLiteral([z.uuid(), ' ', z.enum(ORDER_STATUSES)]).transform((text) => {
    const [orderId = '', from] = text.split(' ')
    return { orderId, from: from as OrderStatus }
  }),
})

/** Moves a ticket on to its next state. */
export const bump = defineWallAction({
  name: 'ticket.bump',
  input,
  restaurant: (ticket) => ticket.restaurant,
  run: (scope, { ticket }) => applyMove(database(), scope, { id: uuidv7(), move: { do: 'bump', ...ticket } }),
  words: {
    not_found: (failure) => refusalMessage(failure),
    already_moved: (failure) => refusalMessage(failure),
    not_allowed: (failure) => refusalMessage(failure),
    line_gone: (failure) => refusalMessage(failure),
    out_of_stock: (failure) => refusalMessage(failure),
  },
})

/** Brings a ticket that was bumped by mistake back to the stove. */
export const recall = defineWallAction({
  name: 'ticket.recall',
  input,
  restaurant: (ticket) => ticket.restaurant,
  run: (scope, { ticket: { orderId } }) =>
    applyMove(database(), scope, { id: uuidv7(), move: { do: 'recall', orderId } }),
  words: {
    not_found: (failure) => refusalMessage(failure),
    already_moved: (failure) => refusalMessage(failure),
    not_allowed: (failure) => refusalMessage(failure),
    line_gone: (failure) => refusalMessage(failure),
    out_of_stock: (failure) => refusalMessage(failure),
  },
})
