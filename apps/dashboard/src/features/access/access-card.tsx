import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { ApiError } from '../../data/api.js';
import classes from './access-card.module.css';

/** The frame of the two doors, login and set-up. */
export function AccessCard({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Lunwarden`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={`card stack wide ${classes.card}`}>
        <p className={classes.brand}>Lunwarden</p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function Refusal({ error }: { error: Error | ApiError | null }) {
  if (error === null) return null;
  return (
    <p className="bar sev-critical" role="alert">
      {error.message}
    </p>
  );
}
