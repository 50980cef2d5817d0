import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.BRIGADE_DIST || '.next',
  // Per-request pages get half of their throughput with it: docs/decisions/003-serving.md.
  cacheComponents: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // The driver's file is the one that the gate's tests know; bundling it would make a second copy.
  serverExternalPackages: ['postgres'],
  // Pages are expired by tag from outside of any request: app/_server/invalidations.ts.
  cacheHandler: `${import.meta.dirname}/app/_server/cache-handler.mjs`,
  cacheMaxMemorySize: 0,
  // `npm run check` proves the types; whoever starts Brigade need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  devIndicators: false,
  // `next dev` writes no files of its own.
  agentRules: false,
  experimental: {
    // A form may bring a photo (app/_server/photos.ts) or what a preview of many dishes showed.
    serverActions: { bodySizeLimit: '8mb' },
    agentUpgrade: false,
    // Two root layouts leave no layout for a URL that nobody serves.
    globalNotFound: true,
  },
  // Next would let caches between here and the guest keep a menu; those could not be told of an 86.
  headers: async () => [{ source: '/m/:path*', headers: [{ key: 'cache-control', value: 'no-cache' }] }],
  redirects: async () => [{ source: '/', destination: '/overview', permanent: false }],
}

export default config
