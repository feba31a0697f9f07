import type { ReactNode, Ref } from 'react';

type Props = { label: string; children: ReactNode; className?: string; ref?: Ref<HTMLElement> };

/** What is wider or longer than its place scrolls inside a region that a keyboard can reach (WCAG 2.1.1). */
export function ScrollBox({ label, children, className = 'table-scroll', ref }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nothing but a mouse could scroll
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
