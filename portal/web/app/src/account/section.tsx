import { useId, type ReactNode } from 'react';

/** One matter of the settings. */
export function Section(props: {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useId();
  return (
    <section className="card account-section" aria-labelledby={heading}>
      <div>
        <h2 id={heading}>{props.title}</h2>
        {props.about !== undefined && <p className="quiet small">{props.about}</p>}
      </div>
      {props.children}
    </section>
  );
}
