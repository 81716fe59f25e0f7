import { useEffect, useState, type ReactNode } from 'react';
import { showDiagnosis } from '../diagnosis.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { CopyButton } from '../design/copy-button.tsx';
import { Icon } from '../design/icon.tsx';
import { Page } from '../design/page.tsx';
import { useAccount } from '../session/account.ts';
import { useStore } from '../store.ts';
import { ConnectionTest, type Check } from './connection-test.ts';
import { reportOf, summaryOf, titles } from './report.ts';
import { browserSurroundings } from './surroundings.ts';
import './connection-test.css';

/** "Test my connection": for everybody, signed in or not. Starts by itself. Programs read it at `window.videoWindow.connectionTest`. */
export function ConnectionTestPage(): ReactNode {
  const { portal } = useAccount();
  const [test] = useState(() => new ConnectionTest(() => portal.connectionTest(), browserSurroundings()));
  const state = useStore(test);
  const { checks, done } = state;
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    void test.run();
  }, [test]);

  useEffect(
    () =>
      showDiagnosis('connectionTest', () => ({
        done: test.state.done,
        checks: test.state.checks.map(({ name, result, detail }) => ({ name, result, detail })),
      })),
    [test],
  );

  const tryDevices = async (): Promise<void> => {
    setAsking(true);
    await test.tryDevices();
    setAsking(false);
  };

  return (
    <Page title="Test my connection" wide>
      <div className="connection-test">
        <h1>Test my connection</h1>
        <p className="quiet">
          Tries out everything that a call needs between this browser and the servers. Nothing of it is kept.
        </p>
        <div className="connection-test-actions">
          <Button look="primary" busy={!done} onClick={() => void test.run()}>
            Test again
          </Button>
          <Button icon="camera" busy={asking} onClick={() => void tryDevices()}>
            Try camera and microphone
          </Button>
          {done && (
            <CopyButton
              text={reportOf(state, [
                'Video Window connection test',
                new Date().toISOString(),
                location.origin,
                navigator.userAgent,
              ])}
              label="Copy report"
              done="Report copied"
              byHandTitle="Copy the report"
            />
          )}
        </div>
        <p role="status" className="connection-test-summary">
          {summaryOf(state)}
        </p>
        <ul className="connection-checks" aria-label="Checks">
          {checks.map((check) => (
            <Line key={check.name} check={check} />
          ))}
        </ul>
      </div>
    </Page>
  );
}

const words = {
  waiting: ['quiet', 'Not yet'],
  running: ['quiet', 'Testing'],
  ok: ['good', 'OK'],
  failed: ['bad', 'Failed'],
  skipped: ['quiet', 'Skipped'],
} as const;

function Line({ check }: { readonly check: Check }): ReactNode {
  const [tone, word] = words[check.result];
  return (
    <li data-testid={`check-${check.name}`} data-result={check.result}>
      <span className={`connection-mark ${check.result}`}>
        {check.result === 'running' ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon
            name={check.result === 'ok' ? 'check' : check.result === 'failed' ? 'warning' : 'info'}
            size={20}
          />
        )}
      </span>
      <div className="connection-text">
        <strong>{titles[check.name]}</strong>
        {check.detail !== '' && <p className="quiet small">{check.detail}</p>}
      </div>
      <Badge tone={tone}>{word}</Badge>
    </li>
  );
}
