import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'No menu here' }

export default function NoMenu() {
  return (
    <>
      <header>
        <h1>No menu here</h1>
      </header>
      <main>
        <p className="empty">
          This address belongs to none of our restaurants. Scan the code on your table again, or ask us for
          the menu.
        </p>
      </main>
    </>
  )
}
