import type { Permission } from '@lunwarden/contract';
import type { LinkProps } from '@tanstack/react-router';

type Page = {
  to: Exclude<LinkProps['to'], undefined>;
  label: string;
  /** After `g`, this letter goes there. */
  key: string;
  /** Who has not got it does not see the page in the navigation. */
  permission?: Permission;
};

export const pages: readonly Page[] = [
  { to: '/', label: 'Overview', key: 'o' },
  { to: '/hosts', label: 'Hosts', key: 'h' },
  { to: '/storage', label: 'Storage', key: 's' },
  { to: '/gate', label: 'Patch gate', key: 'g', permission: 'gate:read' },
  { to: '/overrides', label: 'Overrides', key: 'x', permission: 'gate:read' },
  { to: '/actions', label: 'Actions', key: 'a', permission: 'finding:read' },
  { to: '/reports', label: 'Reports', key: 'r' },
  { to: '/setup/vcenters', label: 'vCenters', key: 'v' },
  { to: '/setup/feeds', label: 'Feeds', key: 'f', permission: 'feeds:read' },
  { to: '/setup/policy', label: 'Policy', key: 'p' },
  { to: '/setup/tokens', label: 'Enrolment', key: 'e', permission: 'enroll:write' },
];

export const pagesFor = (permissions: readonly Permission[]): readonly Page[] =>
  pages.filter(({ permission }) => permission === undefined || permissions.includes(permission));
