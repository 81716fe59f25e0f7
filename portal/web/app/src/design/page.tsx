import { createContext, use, useEffect, useRef, type ReactNode } from 'react';
import { Link } from '../navigation.tsx';
import { Logo } from './logo.tsx';
import './page.css';

/** What stands at the end of every page's head. */
export const PageCorner = createContext<ReactNode>(null);

/** A page outside of a call: a head with the logo, and the content in the middle. Sets the title of the tab. */
export function Page(props: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  useTitle(props.title);
  return (
    <>
      <header className="page-head">
        <Link href="/" className="page-logo">
          <Logo />
          <span>Video Window</span>
        </Link>
        <div className="page-corner">{use(PageCorner)}</div>
      </header>
      <main className={`page-main ${props.wide === true ? 'wide' : ''}`}>{props.children}</main>
    </>
  );
}

/** A page with one thing to say and what can be done about it. The heading takes the focus, so that it is read out. */
export function Message(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Page title={props.title}>
      <div className="card message">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        <div className="quiet">{props.children}</div>
        {props.actions !== undefined && <div className="message-actions">{props.actions}</div>}
      </div>
    </Page>
  );
}

/** Shown until there is something to show; only after a moment, so that fast answers do not flicker. */
export function Waiting({ label = 'Loading' }: { readonly label?: string }): ReactNode {
  return (
    <div className="waiting" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{label} …</span>
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Video Window' ? title : `${title} · Video Window`;
  }, [title]);
}
