import { NotFoundNotice } from '../_ui/not-found-notice'

export default function NotFound() {
  return (
    <main>
      <NotFoundNotice />
    </main>
  )
}
