import { useState, type ReactNode } from 'react';
import type { Page } from '../api/admin-types.ts';
import { sentenceFor } from '../api/sentences.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { Waiting } from '../design/page.tsx';
import type { Loaded } from '../loading.ts';

/** Shows what was loaded, or why not; what was there before stays below a failure. */
export function Listing<Value>(props: {
  readonly loaded: Loaded<Value>;
  readonly children: (value: Value) => ReactNode;
}): ReactNode {
  const { value, failure, reload } = props.loaded;
  return (
    <>
      {failure !== undefined && (
        <Notice tone="error" actions={<Button onClick={reload}>Try again</Button>}>
          {sentenceFor(failure)}
        </Notice>
      )}
      {value === undefined ? failure === undefined && <Waiting /> : props.children(value)}
    </>
  );
}

/** Looks for something when it is sent off. */
export function Search(props: {
  readonly label: string;
  readonly onSearch: (query: string) => void;
}): ReactNode {
  const [written, setWritten] = useState('');
  return (
    <form
      role="search"
      className="admin-search"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch(written.trim());
      }}
    >
      <Field
        label={props.label}
        type="search"
        autoComplete="off"
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
      <Button type="submit">Search</Button>
    </form>
  );
}

/** Turns the pages of a long list; nothing where there is only one. */
export function Pager(props: { readonly page: Page; readonly onPage: (page: number) => void }): ReactNode {
  const { page, pages } = props.page;
  if (pages <= 1) {
    return null;
  }
  return (
    <nav className="admin-pager" aria-label="Pages">
      <Button icon="left" disabled={page <= 1} onClick={() => props.onPage(page - 1)}>
        Previous
      </Button>
      <span className="small" role="status">
        Page {page} of {pages}
      </span>
      <Button icon="right" disabled={page >= pages} onClick={() => props.onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}

/** A question and a page of its answers: a new question begins at the first page. */
export function usePagedQuery(): {
  readonly query: string;
  readonly page: number;
  readonly search: (query: string) => void;
  readonly turn: (page: number) => void;
} {
  const [{ query, page }, set] = useState({ query: '', page: 1 });
  return {
    query,
    page,
    search: (next) => set({ query: next, page: 1 }),
    turn: (next) => set({ query, page: next }),
  };
}
