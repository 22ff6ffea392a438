import Cloud from '@mui/icons-material/CloudOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RecordVersion } from '../../../shared/contract/history.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEngineFeed } from '../../client/use-engine-feed.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { OldNewList } from '../../components/old-new.tsx';
import { Pill } from '../../components/pill.tsx';
import { recordAddress } from '../../components/record-address.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { historyText, versionLabels } from '../../text/history-text.ts';
import { ageText, dateTimeSecondsText, momentText } from '../../text/times.ts';
import { FeedList } from './feed-list.tsx';
import { fieldPairs } from './field-pairs.ts';
import { RecordAtDialog } from './record-at-dialog.tsx';

type Props = {
  readonly accountId: AccountId;
  /** One record only. */
  readonly entityId?: string;
};

/** The time machine: how the records of an account moved in the cloud, by whom, from here or elsewhere. */
export function VersionFeed({ accountId, entityId }: Props) {
  const status = useSyncStatus(null);
  const feed = useEngineFeed('history.versions', { accountId, entityId: entityId ?? null }, versionsOf);
  const [shown, setShown] = useState<RecordVersion | null>(null);
  if (feed.error && feed.rows === null && !isEngineLost(feed.error)) {
    return <ErrorPanel {...faultPanelText(feed.error)} onRetry={feed.retry} />;
  }
  if (feed.rows === null || !status) return <Skeleton variant="rounded" height={260} />;
  if (feed.rows.length === 0) {
    return (
      <NoticePanel
        icon={<Cloud />}
        live="status"
        title={historyText.emptyCloudTitle}
        body={historyText.emptyCloudBody}
      />
    );
  }
  return (
    <>
      <FeedList
        label={historyText.list}
        rows={feed.rows}
        hasMore={feed.hasMore}
        onMore={feed.loadMore}
        isPlain={entityId !== undefined}
        renderRow={(version) => (
          <VersionLine
            version={version}
            accountId={accountId}
            nowMs={status.nowMs}
            isOfRecord={entityId !== undefined}
            onShow={() => setShown(version)}
          />
        )}
      />
      {shown && (
        <RecordAtDialog
          record={{ type: shown.type, entityId: shown.entityId, name: shown.entityName }}
          at={shown.at}
          now={status.now}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

type LineProps = {
  readonly version: RecordVersion;
  readonly accountId: AccountId;
  readonly nowMs: number;
  readonly isOfRecord: boolean;
  readonly onShow: () => void;
};

function VersionLine({ version, accountId, nowMs, isOfRecord, onShow }: LineProps) {
  const { what, type, source, by, at, noticedAt, entityId, entityName } = version;
  const kind = what === 'created' ? 'create' : what === 'changed' ? 'patch' : 'delete';
  const isGone = kind === 'delete';
  return (
    <Box sx={{ px: 2, py: 1, borderBottom: '1px solid', borderColor: 'divider', display: 'grid', gap: 0.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, minHeight: 32, flexWrap: 'wrap' }}>
        <Pill tone={isGone ? 'error' : what === 'created' ? 'success' : 'note'}>{versionLabels[what]}</Pill>
        <Pill tone={source === 'here' ? 'accent' : 'neutral'}>
          {source === 'here' ? historyText.sourceHere : historyText.sourceThere}
        </Pill>
        <Typography noWrap sx={{ flex: isOfRecord ? '1 1 0' : '1 1 160px', minWidth: 0 }} title={entityName}>
          {!isOfRecord && (
            <>
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {historyText.types[type]}
              </Box>{' '}
              <Link
                to={recordAddress({ type, entityId, accountId })}
                style={{ color: 'inherit', fontWeight: 650 }}
                dir="auto"
              >
                {entityName}
              </Link>
            </>
          )}
        </Typography>
        <Typography variant="caption" color="textSecondary" title={dateTimeSecondsText(at)}>
          {momentText(at, nowMs)}, {ageText(Math.max(0, nowMs - Date.parse(at)))}
        </Typography>
        <Button onClick={onShow} sx={{ minHeight: 28, py: 0 }}>
          {historyText.asItWas}
        </Button>
      </Box>
      <OldNewList emptyText={historyText.noValue} fields={fieldPairs(type, kind, version.fields)} />
      <Typography variant="caption" color="textSecondary">
        {[by && historyText.by(by), noticedAt !== at && historyText.noticed(momentText(noticedAt, nowMs))]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
    </Box>
  );
}

function versionsOf(answer: OutputFor<'history.versions'>): readonly RecordVersion[] {
  return answer.versions;
}
