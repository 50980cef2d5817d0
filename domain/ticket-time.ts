/**
 * Daily metrics count tickets by whole minutes of ticket time, 0 to this. The last counter holds all longer ones: past
 * four hours a ticket was forgotten, not slow.
 */
export const LONGEST_COUNTED_MINUTES = 240
