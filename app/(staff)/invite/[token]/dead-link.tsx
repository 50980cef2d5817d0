import { LinkButton } from '../../../_ui/button'
import { Notice } from '../../../_ui/notice'

export function DeadLink() {
  return (
    <main>
      <Notice
        title="This link no longer works"
        action={<LinkButton href="/sign-in">Go to sign-in</LinkButton>}
      >
        It was used already, or it is older than a day. If you have set your password, sign in with it; else
        ask your admin for a new link.
      </Notice>
    </main>
  )
}
