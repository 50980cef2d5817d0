'use server'

import { z } from 'zod'
import { defineWallAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { bumpTicket, recallTicket, type TicketInput } from '@/db/mutations/orders'
import { ORDER_STATUSES, type OrderStatus } from '@/domain/vocabulary'

/** One button of a form is one ticket in the state in which it was seen: `"<order id> <status>"`. */
const input = z.object({
  restaurant: z.string(),
  ticket: z.templateLiteral([z.uuid(), ' ', z.enum(ORDER_STATUSES)]).transform((text): TicketInput => {
    const [orderId = '', from] = text.split(' ')
    return { orderId, from: from as OrderStatus }
  }),
})

const GONE = 'This ticket is not there any more.'
const wasFaster = (status: OrderStatus) =>
  `Somebody was faster: it is ${status} already. Nothing was changed.`
const cannotMove = (status: OrderStatus) => `A ${status} ticket can't be moved like this.`
const notEnough = ({ ingredients }: { ingredients: { name: string }[] }) =>
  `Not confirmed: there is not enough ${ingredients.map(({ name }) => name).join(', ')}. Change or cancel the order.`

/** Moves a ticket on to its next state. */
export const bump = defineWallAction({
  name: 'ticket.bump',
  input,
  restaurant: (ticket) => ticket.restaurant,
  run: (scope, { ticket }) => bumpTicket(database(), scope, ticket),
  words: {
    not_found: GONE,
    already_moved: ({ status }) => wasFaster(status),
    not_allowed: ({ status }) => cannotMove(status),
    out_of_stock: (failure) => notEnough(failure),
  },
})

/** Brings a ticket that was bumped by mistake back to the stove. */
export const recall = defineWallAction({
  name: 'ticket.recall',
  input,
  restaurant: (ticket) => ticket.restaurant,
  run: (scope, { ticket }) => recallTicket(database(), scope, ticket),
  words: {
    not_found: GONE,
    already_moved: ({ status }) => wasFaster(status),
    not_allowed: ({ status }) => cannotMove(status),
  },
})
