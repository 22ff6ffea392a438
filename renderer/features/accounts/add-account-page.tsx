import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { checkAccount } from '../../../shared/model/account-rules.ts';
import type { AccountField, AccountFields } from '../../../shared/model/account.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission, useSession } from '../../client/use-session.ts';
import { afterSaving, LeaveGuard } from '../../components/leave-guard.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { useNotices } from '../../state/notices.ts';
import { accountText } from '../../text/accounts-text.ts';
import { leaveText } from '../../text/leave-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { AccountFieldsForm } from './account-fields-form.tsx';

const blank: AccountFields = {
  name: '',
  country: '',
  street: '',
  city: '',
  stateOrProvince: '',
  zipCode: '',
  languageCode: 'en',
  businessType: '',
  supportContacts: [],
};

/** ACC-2. */
export function AddAccountPage() {
  const [values, setValues] = useState<AccountFields>(blank);
  const [isTouched, setTouched] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const navigate = useNavigate();
  const session = useSession();
  const mayAdd = usePermission('accounts.add');
  const noticed = useNotices((notices) => notices.noticed);
  const { run, isRunning, outcome, fault } = useCommand('accounts.add');
  const problems = isChecked ? checkAccount(values) : [];

  const onEdit = <F extends AccountField>(field: F, value: AccountFields[F]): void => {
    setTouched(true);
    setValues((before) => ({ ...before, [field]: value }));
  };
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (checkAccount(values).length > 0) return;
    const added = await run({ fields: values });
    if (!added?.ok) return;
    noticed(accountText.added(values.name), 'success');
    void navigate(`/accounts/${added.value.id}/users`, afterSaving);
  };

  if (session && !mayAdd) return <NoticePanel isPage title={accountText.noAddTitle} body={accountText.noAddBody} />;
  const problem = problemSentence({ outcome, fault });
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}
    >
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        <PageLayout title={accountText.addTitle}>
          <Typography color="textSecondary" sx={{ mb: 1.5 }}>
            {accountText.addNote}
          </Typography>
          <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 960 }}>
            {problem && <Alert severity="error">{problem}</Alert>}
            <AccountFieldsForm values={values} problems={problems} isReadOnly={false} onEdit={onEdit} />
          </Box>
        </PageLayout>
      </Box>
      <SaveBar
        note=""
        saveLabel={accountText.save}
        discardLabel={accountText.cancel}
        isSaving={isRunning}
        canSave
        onDiscard={() => void navigate('/accounts')}
      />
      <LeaveGuard when={isTouched} text={leaveText} />
    </Box>
  );
}
