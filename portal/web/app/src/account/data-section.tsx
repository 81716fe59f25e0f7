import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useAccount } from '../session/account.ts';
import { useSubmission } from '../submission.ts';
import { Section } from './section.tsx';

export function DataSection(): ReactNode {
  const { portal } = useAccount();
  const { busy, sentence, run } = useSubmission(async () => {
    save('video-window-data.json', JSON.stringify(await portal.accountData(), null, 2));
  });
  return (
    <Section title="Your data" about="Everything that this server keeps about you, as a file (JSON).">
      {sentence !== undefined && <Notice tone="error">{sentence}</Notice>}
      <Button busy={busy} onClick={run}>
        Download your data
      </Button>
    </Section>
  );
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
