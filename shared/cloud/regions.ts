import type { ServiceName } from './paths.ts';

/**
 * The regions of the cloud. Known: one host per service, `https://<service>.<region>.api.mitel.io` (CLOUD_API.md). A cloud is named by
 * the part behind the service, which is configuration; where its services are is said here and nowhere else.
 */
export const CLOUD_REGIONS = [
  { id: 'us', label: 'US', base: 'us.api.mitel.io' },
  { id: 'eu', label: 'Europe', base: 'eu.api.mitel.io' },
  { id: 'ap', label: 'Asia Pacific', base: 'ap.api.mitel.io' },
] as const;
export type CloudRegion = (typeof CLOUD_REGIONS)[number]['id'];

/** The address by which a region's cloud is kept and shown. */
export function regionUrl(region: CloudRegion): string {
  return `https://${CLOUD_REGIONS.find(({ id }) => id === region)?.base}`;
}

/** The region of a cloud's address; null for one that is none of the table, such as the sandbox. */
export function regionOf(cloudUrl: string): CloudRegion | null {
  const [, host] = partsOf(cloudUrl);
  return CLOUD_REGIONS.find(({ base }) => base === host)?.id ?? null;
}

/** Where one service of a cloud answers. Outside the regions, as on the sandbox, all services share one origin (ours). */
export function serviceOrigin(cloudUrl: string, service: ServiceName): string {
  const [origin, host] = partsOf(cloudUrl);
  return regionOf(cloudUrl) === null ? origin : `https://${service}.${host}`;
}

/** Origin and host. URL is not a part of the language that shared code may use. */
function partsOf(cloudUrl: string): readonly [origin: string, host: string] {
  const [, scheme = '', host = ''] = /^(https?):\/\/([^/?#]+)/iu.exec(cloudUrl) ?? [];
  return [`${scheme}://${host}`.toLowerCase(), host.toLowerCase()];
}
