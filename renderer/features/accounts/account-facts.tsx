import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import type { Account } from '../../../shared/model/account.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { Fact } from '../../components/fact.tsx';
import { FormPanel } from '../../components/form-panel.tsx';
import { IconAction } from '../../components/icon-action.tsx';
import { Pill } from '../../components/pill.tsx';
import { useNotices } from '../../state/notices.ts';
import { accountText } from '../../text/accounts-text.ts';
import { dateTimeText } from '../../text/times.ts';

const MICLOUD_CONNECT = 'MICLOUD_CONNECT';

/** What only the cloud decides about an account. */
export function AccountFacts({ account }: { readonly account: Account }) {
  const { bridge } = useEngine();
  const noticed = useNotices((notices) => notices.noticed);
  const { serverId } = account;
  const copy = async (text: string): Promise<void> => {
    await bridge.copyText(text);
    noticed(accountText.copied, 'success');
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
      <FormPanel title={accountText.facts} columns={1}>
        <FactList>
          <Fact label={accountText.accountId}>
            {serverId ?? accountText.accountIdPending}
            {serverId !== null && (
              <IconAction label={accountText.copyAccountId} onClick={() => void copy(serverId)}>
                <ContentCopy sx={{ fontSize: 15 }} />
              </IconAction>
            )}
          </Fact>
          <Fact label={accountText.number}>{account.accountNumber || accountText.none}</Fact>
          <Fact label={account.source === MICLOUD_CONNECT ? accountText.billing : accountText.sap}>
            {account.sapCustomerNumber || accountText.none}
          </Fact>
          <Fact label={accountText.cloudLocation}>{account.cloudLocation || accountText.none}</Fact>
          {account.pbxType !== '' && <Fact label={accountText.pbxType}>{account.pbxType}</Fact>}
          {account.customRoles.length > 0 && (
            <Fact label={accountText.customRoles}>{account.customRoles.join(', ')}</Fact>
          )}
          <Fact label={accountText.created}>
            {accountText.by(dateTimeText(account.createdAt), account.createdBy) || accountText.none}
          </Fact>
          <Fact label={accountText.modified}>
            {accountText.by(dateTimeText(account.modifiedAt), account.modifiedBy) || accountText.none}
          </Fact>
        </FactList>
      </FormPanel>
      <FormPanel title={accountText.privileges} note={accountText.privilegesNote} columns={1}>
        <FactList>
          <Fact label={accountText.delegated}>
            <Switched isOn={account.isDelegatedAuthenticationAllowed} />
          </Fact>
          <Fact label={accountText.guest}>
            <Switched isOn={account.isGuestAccessAllowed} />
          </Fact>
        </FactList>
      </FormPanel>
    </Box>
  );
}

function FactList({ children }: { readonly children: ReactNode }) {
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 1 }}>
      {children}
    </Box>
  );
}

function Switched({ isOn }: { readonly isOn: boolean }) {
  return <Pill tone={isOn ? 'success' : 'neutral'}>{isOn ? accountText.on : accountText.off}</Pill>;
}
