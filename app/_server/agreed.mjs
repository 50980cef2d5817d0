// What bin/serve, which is no part of the build, and the app have to call by the same names.

/** The request header in which the HTTP server hands the path and search on to pages, which Next itself does not tell. */
export const PATH_HEADER = 'x-brigade-path'

/** What is said to a request that changes something and is not from one of our pages. */
export const FOREIGN_ORIGIN =
  'This did not come from a page of Brigade, so nothing was done. Open Brigade at its usual address and repeat it.'
