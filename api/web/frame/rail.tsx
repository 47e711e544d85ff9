import { Link, useLocation } from 'wouter-preact';
import { VIEWS } from '../views/views.ts';

/** The way to every view. */
export function Rail() {
  const [path] = useLocation();
  const inside = (of: string) => path === of || (of !== '/' && path.startsWith(`${of}/`));
  return (
    <nav class="rail" aria-label="Views">
      <Link href="/" class="brand">
        <img src="/icon.svg" width="24" height="24" alt="" />
        <span class="label">Fieldmark</span>
      </Link>
      {VIEWS.map(({ path: of, label, icon: Icon }) => (
        <Link key={of} href={of} class="entry" title={label} {...(inside(of) ? { 'aria-current': 'page' } : {})}>
          <Icon size={18} aria-hidden="true" />
          <span class="label">{label}</span>
        </Link>
      ))}
    </nav>
  );
}
