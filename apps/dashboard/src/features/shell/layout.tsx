import type { SessionInfo } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './layout.module.css';
import { LiveChip } from './live-chip.js';
import { pagesFor } from './pages.js';
import { SchemeSwitch } from './scheme-switch.js';
import { Shortcuts } from './shortcuts.js';
import { SignOut } from './sign-out.js';

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
          <Shortcuts permissions={session.permissions} />
          <SchemeSwitch />
          <SignOut session={session} />
        </div>
      </header>
      <nav className={classes.rail} aria-label="Pages">
        {pagesFor(session.permissions).map(({ to, label, key }) => (
          <Link
            key={key}
            to={to}
            className={classes.link}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ className: classes.active, 'aria-current': 'page' }}
          >
            {label}
          </Link>
        ))}
      </nav>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <footer className={classes.foot}>Lunwarden {version}</footer>
    </div>
  );
}
