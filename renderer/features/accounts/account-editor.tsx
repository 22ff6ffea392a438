import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { checkAccount } from '../../../shared/model/account-rules.ts';
import { ACCOUNT_FIELDS, type Account, type AccountField, type AccountFields } from '../../../shared/model/account.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePendingFields } from '../../client/use-pending-fields.ts';
import { usePermission } from '../../client/use-session.ts';
import { FieldNote } from '../../components/field-note.tsx';
import { LeaveGuard } from '../../components/leave-guard.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { emptyDraft, fieldEdited, hasMoved, isDirty, seenValues, type EditDraft } from '../../state/edit-draft.ts';
import { useNotices } from '../../state/notices.ts';
import { accountText } from '../../text/accounts-text.ts';
import { leaveText } from '../../text/leave-text.ts';
import { changedMeanwhile, notSent } from '../../text/pending-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { AccountFacts } from './account-facts.tsx';
import { AccountFieldsForm } from './account-fields-form.tsx';

type Props = { readonly account: Account; readonly children: (body: ReactNode) => ReactNode };

export function AccountEditor({ account, children }: Props) {
  const [draft, setDraft] = useState<EditDraft<AccountFields>>(emptyDraft);
  const mayEdit = usePermission('accounts.edit') && account.state === 'ACTIVE';
  const noticed = useNotices((notices) => notices.noticed);
  const pendingFields = usePendingFields(account.id, account.id, account.pending !== null);
  const { run, isRunning, outcome, fault, reset } = useCommand('accounts.edit');
  const record = fieldsOf(account);
  const values = { ...record, ...draft.changes };
  const wasToldStale = outcome?.ok === false && outcome.refusal.code === 'edit.stale';
  const dirty = isDirty(draft);
  // A field that came incomplete from the cloud must not block saving another one.
  const problems = checkAccount(values).filter(({ field }) => field in draft.changes);

  const onEdit = <F extends AccountField>(field: F, value: AccountFields[F]): void => {
    setDraft((before) => fieldEdited(before, field, { next: value, shown: values[field] }));
  };
  const onDiscard = (): void => {
    reset();
    setDraft(emptyDraft);
  };
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!dirty || problems.length > 0) return;
    const saved = await run({ id: account.id, changes: draft.changes, seen: seenValues(draft, record, wasToldStale) });
    if (!saved?.ok) return;
    setDraft(emptyDraft);
    noticed(accountText.saved, 'success');
  };
  const noteOf = (field: AccountField): ReactNode => {
    if (hasMoved(draft, record, field)) {
      return <FieldNote label={changedMeanwhile} from={textOf(draft.seen[field])} to={textOf(record[field])} />;
    }
    const pending = pendingFields.get(field);
    return pending && !(field in draft.changes) ? (
      <FieldNote label={notSent} from={pending.from ?? ''} to={pending.to} />
    ) : undefined;
  };
  const problem = problemSentence({ outcome, fault });

  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}
    >
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        {children(
          <Box
            sx={{
              display: 'grid',
              gap: 1.5,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1.9fr) minmax(260px, 1fr)' },
              alignItems: 'start',
              maxWidth: 1280,
            }}
          >
            <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
              {problem && <Alert severity="error">{problem}</Alert>}
              <AccountFieldsForm
                values={values}
                problems={problems}
                isReadOnly={!mayEdit}
                onEdit={onEdit}
                noteOf={noteOf}
              />
            </Box>
            <AccountFacts account={account} />
          </Box>,
        )}
      </Box>
      {dirty && (
        <SaveBar
          note={accountText.unsaved(Object.keys(draft.changes).length)}
          saveLabel={accountText.save}
          discardLabel={accountText.discard}
          isSaving={isRunning}
          canSave={problems.length === 0}
          onDiscard={onDiscard}
        />
      )}
      <LeaveGuard when={dirty} text={leaveText} />
    </Box>
  );
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

function fieldsOf(account: Account): AccountFields {
  return Object.fromEntries(ACCOUNT_FIELDS.map((field) => [field, account[field]])) as AccountFields;
}
