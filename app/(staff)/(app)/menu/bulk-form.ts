/** The form that the ticks in the list belong to. */
export const BULK_FORM = 'bulk'
