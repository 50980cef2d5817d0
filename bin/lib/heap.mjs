/**
 * Room for what a page needs only while it is made: with V8's own 16 MB, much of it is still in use when that is full, and
 * is copied to where it costs more to collect. `npm run bench -- processor` says what that saves.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=64']
