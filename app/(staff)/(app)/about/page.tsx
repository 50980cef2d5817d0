import type { Metadata } from 'next'
import releases from '../../../../db/migrations/releases.json' with { type: 'json' }
import about from '../../../../package.json' with { type: 'json' }
import { PageHeader } from '../../../_ui/page-header'

export const metadata: Metadata = { title: 'About' }

/** Needs nothing but the session, so the benchmark measures it as the floor under every other page. */
export default function AboutPage() {
  return (
    <>
      <PageHeader title="About Brigade" />
      <div className="grid max-w-prose gap-2">
        <p>{about.description}</p>
        <p>
          Version {releases.at(-1)?.version}, under the {about.license} licence. Inter is by The Inter Project
          Authors, under the SIL Open Font License 1.1; the icons are Lucide, under the ISC licence.
        </p>
      </div>
    </>
  )
}
