'use client'

import { type ReactNode, useState } from 'react'

/** A figure that changes live: it is marked once, softly, when it has. Not with the first picture. */
export const Flash = ({ of, isLive, children }: { of: string; isLive: boolean; children: ReactNode }) => (
  // Another value is another key, and so a new element, which plays its animation.
  <Marked key={of} isLive={isLive}>
    {children}
  </Marked>
)

function Marked({ isLive, children }: { isLive: boolean; children: ReactNode }) {
  const [isNew] = useState(isLive)
  return <span className={isNew ? 'flash' : undefined}>{children}</span>
}
