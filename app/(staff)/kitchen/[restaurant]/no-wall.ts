import { problem } from '@/app/_server/problem'
import { currentPerson } from '@/app/_server/session'

/** What whoever may not see a wall gets from its routes: 401, or 404 for a person to whom it is foreign. */
export const noWall = async (): Promise<Response> =>
  (await currentPerson())
    ? problem({
        status: 404,
        name: 'not-found',
        title: 'There is no such kitchen',
        detail: 'Choose one of your kitchens.',
      })
    : problem({
        status: 401,
        name: 'signed-out',
        title: 'Nobody is signed in',
        detail: 'Sign in, or pair this screen again.',
      })
