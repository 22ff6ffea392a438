import { expect, it } from 'vitest';
import { CLOUD_REGIONS, regionOf, regionUrl, serviceOrigin } from './regions.ts';

it('SES-4: in every region each service has a host of its own', () => {
  expect(CLOUD_REGIONS.map(({ id }) => serviceOrigin(regionUrl(id), 'admin'))).toEqual([
    'https://admin.us.api.mitel.io',
    'https://admin.eu.api.mitel.io',
    'https://admin.ap.api.mitel.io',
  ]);
  expect(CLOUD_REGIONS.map(({ id }) => regionOf(regionUrl(id)))).toEqual(['us', 'eu', 'ap']);
});

it('SES-4: a cloud that is no region keeps one origin for all services', () => {
  expect(serviceOrigin('http://127.0.0.1:4000/', 'authentication')).toBe('http://127.0.0.1:4000');
  expect(serviceOrigin('https://cloud.example/x', 'admin')).toBe('https://cloud.example');
  expect(regionOf('https://eu.api.mitel.io.example')).toBeNull();
});
