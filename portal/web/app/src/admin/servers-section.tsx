import { useCallback, useState, type ReactNode } from 'react';
import type { BridgeState, ShardState } from '../api/admin-types.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useAnnouncer } from '../design/toast.tsx';
import { useLoaded } from '../loading.ts';
import { useAccount } from '../session/account.ts';
import { refreshEvery } from './conferences-section.tsx';
import { Listing } from './list.tsx';

/** Shards with their bridges, how they are and what they carry; and the keys. */
export function ServersSection(): ReactNode {
  const { portal } = useAccount();
  const loaded = useLoaded(
    useCallback(() => portal.administration.shards(), [portal]),
    refreshEvery,
  );
  return (
    <>
      <Listing loaded={loaded}>
        {(shards) => (
          <>
            {shards.map((shard) => (
              <ShardCard key={shard.id} shard={shard} />
            ))}
          </>
        )}
      </Listing>
      <KeysCard />
    </>
  );
}

function ShardCard({ shard }: { readonly shard: ShardState }): ReactNode {
  const bridges = shard.bridges ?? [];
  return (
    <section className="card admin-card" aria-label={`Shard ${shard.id}`}>
      <div className="admin-title">
        <h2>{shard.id}</h2>
        {shard.healthy ? <Badge tone="good">Healthy</Badge> : <Badge tone="bad">Not healthy</Badge>}
        {typeof shard.region === 'string' && <Badge>{shard.region}</Badge>}
        {typeof shard.conferences === 'number' && (
          <span className="quiet small">{count(shard.conferences, 'conference')}</span>
        )}
      </div>
      {!shard.healthy && (
        <Notice tone="error">
          {shard.reason === undefined || shard.reason === null || shard.reason === ''
            ? 'It does not say why. Look into its log.'
            : shard.reason}
        </Notice>
      )}
      {bridges.length === 0 ? (
        <p className="quiet small">No bridge is known here.</p>
      ) : (
        <ul className="admin-bridges" aria-label={`Bridges of ${shard.id}`}>
          {bridges.map((bridge) => (
            <Bridge key={bridge.id} bridge={bridge} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Bridge({ bridge }: { readonly bridge: BridgeState }): ReactNode {
  const load = Math.round(Math.min(1, Math.max(0, bridge.stress)) * 100);
  return (
    <li>
      <div className="admin-text">
        <div className="admin-title">
          <strong>{bridge.id}</strong>
          {bridge.healthy ? <Badge tone="good">Healthy</Badge> : <Badge tone="bad">Not healthy</Badge>}
          {bridge.draining && <Badge tone="warning">Draining</Badge>}
        </div>
        <div className="quiet small">{factsOf(bridge).join(' · ')}</div>
      </div>
      <div className="admin-load">
        <div
          role="meter"
          aria-label={`Load of ${bridge.id}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={load}
          className={load >= 80 ? 'high' : ''}
        >
          <span style={{ width: `${load}%` }} />
        </div>
        <span className="small">{load} %</span>
      </div>
    </li>
  );
}

function factsOf(bridge: BridgeState): string[] {
  return [
    ...(typeof bridge.region === 'string' && bridge.region !== '' ? [bridge.region] : []),
    ...(bridge.conferences === undefined ? [] : [count(bridge.conferences, 'conference')]),
    ...(bridge.endpoints === undefined ? [] : [count(bridge.endpoints, 'endpoint')]),
    ...(typeof bridge.version === 'string' && bridge.version !== '' ? [`version ${bridge.version}`] : []),
  ];
}

function count(number: number, word: string): string {
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}

function KeysCard(): ReactNode {
  const { portal } = useAccount();
  const { say } = useAnnouncer();
  const [asking, setAsking] = useState(false);
  return (
    <section className="card admin-card" aria-label="Signing keys">
      <h2>Signing keys</h2>
      <p className="quiet small">
        The portal signs the tickets with which people enter calls. A new key takes over at once; tickets of
        the old one stay good until they run out.
      </p>
      <Button onClick={() => setAsking(true)}>Rotate keys</Button>
      {asking && (
        <ConfirmDialog
          title="Rotate the signing keys?"
          action="Rotate keys"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await portal.administration.rotateKeys();
            say('New tickets are signed with a new key.', 'done');
          }}
        >
          New tickets are signed with a new key from now on. Running calls go on.
        </ConfirmDialog>
      )}
    </section>
  );
}
