import { useState, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { Notice } from '../design/notice.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { useAccount } from '../session/account.ts';
import { NewPasswordField } from '../session/new-password-field.tsx';
import { useSubmission } from '../submission.ts';
import { Section } from './section.tsx';

export function PasswordSection({ email }: { readonly email: string }): ReactNode {
  const { portal } = useAccount();
  const { say } = useAnnouncer();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const { busy, sentence, wrong, submit } = useSubmission(async () => {
    await portal.changePassword(present, next);
    setPresent('');
    setNext('');
    say('Your password was changed. Your other devices are signed out.', 'done');
  });

  return (
    <Section title="Password">
      <form onSubmit={submit}>
        {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
        {/* For password managers, which file a password under a name. */}
        <input className="unseen" type="email" autoComplete="username" value={email} readOnly hidden />
        <Field
          label="Present password"
          type="password"
          autoComplete="current-password"
          required
          error={wrong('password')}
          value={present}
          onChange={(event) => setPresent(event.target.value)}
        />
        <NewPasswordField label="New password" error={wrong('newPassword')} value={next} onChange={setNext} />
        <Button type="submit" busy={busy}>
          Change password
        </Button>
      </form>
    </Section>
  );
}
