import type { SessionInfo } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './layout.module.css';
import { LiveChip } from './live-chip.js';
import { SchemeSwitch } from './scheme-switch.js';
import { SignOut } from './sign-out.js';

const pages = [
  { to: '/', label: 'Overview' },
  { to: '/hosts', label: 'Hosts' },
  { to: '/reports', label: 'Reports' },
  { to: '/setup/vcenters', label: 'vCenters' },
  { to: '/setup/tokens', label: 'Enrolment', permission: 'enroll:write' },
] as const;

export function Layout(props: { session: SessionInfo; version: string; children: ReactNode }) {
  const { session, version, children } = props;
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.top}>
        <Link to="/" className={classes.brand}>
          Lunwarden
        </Link>
        <LiveChip />
        <div className={classes.tools}>
          <SchemeSwitch />
          <SignOut session={session} />
        </div>
      </header>
      <nav className={classes.rail} aria-label="Pages">
        {pages.map((page) =>
          'permission' in page && !session.permissions.includes(page.permission) ? null : (
            <Link
              key={page.to}
              to={page.to}
              className={classes.link}
              activeOptions={{ exact: page.to === '/', includeSearch: false }}
              activeProps={{ className: classes.active, 'aria-current': 'page' }}
            >
              {page.label}
            </Link>
          ),
        )}
      </nav>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={classes.foot}>Lunwarden {version}</footer>
    </div>
  );
}
