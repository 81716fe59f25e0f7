import { useState, type ReactNode } from 'react';
import type { Account } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';
import { Section } from './section.tsx';

export function NameSection({ account }: { readonly account: Account }): ReactNode {
  const { portal, setAccount } = useAccount();
  const { say } = useAnnouncer();
  const [name, setName] = useState(account.name);
  const { busy, wrongOnly, submit } = useSubmission(async () => {
    setAccount(await portal.changeAccount({ name: name.trim() }));
    say('Your name was changed.', 'done');
  });

  return (
    <Section title="Your name" about="What others see in a meeting.">
      <form onSubmit={submit}>
        <Field
          label="Name"
          autoComplete="name"
          required
          maxLength={100}
          error={wrongOnly('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy}>
          Save name
        </Button>
      </form>
    </Section>
  );
}
