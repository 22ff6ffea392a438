import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { foldText } from '../../../shared/lib/fold-text.ts';
import { importFieldLabels } from '../../../shared/model/import-issue-text.ts';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { FormPanel } from '../../components/form-panel.tsx';
import { IconAction } from '../../components/icon-action.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useNotices } from '../../state/notices.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { previewText } from '../../text/imports-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { recipesText } from '../../text/recipes-text.ts';
import { dateText } from '../../text/times.ts';

/** A laptop learns two thousand at most; beyond these a search is quicker than the eye. */
const SHOWN = 100;

/** IMP-13: what was learned of headings; each can be forgotten. */
export function LearnedList() {
  const { data, error, refetch } = useEngineQuery('recipes.learned', {});
  const [search, setSearch] = useState('');
  const [isAsking, setAsking] = useState(false);
  const { attempt, isRunning } = useCommand('recipes.forget');
  const noticed = useNotices((notices) => notices.noticed);
  const forget = async (key: string | null): Promise<void> => {
    setAsking(false);
    const tried = await attempt({ key });
    if (tried.outcome?.ok) noticed(recipesText.forgotten(tried.outcome.value.forgottenCount));
    else noticed(problemSentence(tried), 'error');
  };
  const all = data?.headings ?? [];
  const found = all.filter(({ heading }) => foldText(heading).includes(foldText(search)));
  return (
    <FormPanel title={recipesText.learned} note={recipesText.learnedNote} columns={1}>
      {error && !data && <ErrorPanel {...faultPanelText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={80} />}
      {data && all.length === 0 && <Typography color="textSecondary">{recipesText.learnedEmpty}</Typography>}
      {all.length > 0 && (
        <>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <SearchField
              label={recipesText.searchLearned}
              clearLabel={recipesText.clearSearch}
              value={search}
              width={220}
              onChange={setSearch}
            />
            <Box sx={{ flex: 1 }} />
            <Button color="error" onClick={() => setAsking(true)}>
              {recipesText.forgetAll}
            </Button>
          </Box>
          {found.length === 0 && <Typography component="output">{recipesText.noneFound}</Typography>}
          {found.length > 0 && (
            <Table
              size="small"
              aria-label={recipesText.learned}
              sx={{
                '& th, & td': { borderColor: 'divider', pl: 0 },
                '& th': { color: 'text.secondary', fontWeight: 600 },
                '& tr:last-of-type td': { borderBottom: 0 },
              }}
            >
              <TableHead>
                <TableRow>
                  <TableCell>{recipesText.heading}</TableCell>
                  <TableCell>{recipesText.importedAs}</TableCell>
                  <TableCell>{recipesText.lastUsed}</TableCell>
                  <TableCell sx={{ width: 48 }}>
                    <Box
                      component="span"
                      sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
                    >
                      {recipesText.forgetShort}
                    </Box>
                  </TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {found.slice(0, SHOWN).map(({ key, heading, field, usedAt }) => (
                  <TableRow key={key} hover>
                    <TableCell sx={{ overflowWrap: 'anywhere' }}>{heading}</TableCell>
                    <TableCell>{field ? importFieldLabels[field] : previewText.notImported}</TableCell>
                    <TableCell>{dateText(usedAt)}</TableCell>
                    <TableCell sx={{ py: 0 }}>
                      <IconAction
                        size="small"
                        label={recipesText.forget(heading)}
                        disabled={isRunning}
                        onClick={() => void forget(key)}
                      >
                        <Close fontSize="small" />
                      </IconAction>
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          )}
          {found.length > SHOWN && (
            <Typography color="textSecondary">{recipesText.more(found.length - SHOWN)}</Typography>
          )}
        </>
      )}
      {isAsking && (
        <ConfirmDialog
          title={recipesText.forgetAllTitle}
          body={recipesText.forgetAllBody(all.length)}
          confirm={recipesText.forgetAll}
          keep={recipesText.forgetKeep}
          onConfirm={() => void forget(null)}
          onClose={() => setAsking(false)}
        />
      )}
    </FormPanel>
  );
}
