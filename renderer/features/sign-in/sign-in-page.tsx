import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useSession } from '../../client/use-session.ts';
import { Pill } from '../../components/pill.tsx';
import { ProductMark } from '../../components/product-mark.tsx';
import { frameText } from '../../text/frame-text.ts';
import { signInText } from '../../text/sign-in-text.ts';
import { SignInForm } from './sign-in-form.tsx';

/** SES-1: shown when nobody is known on this computer. */
export function SignInPage() {
  const session = useSession();
  return (
    <Box component="main" sx={{ height: '100%', overflow: 'auto', display: 'grid', placeItems: 'center', p: 3 }}>
      <Box sx={{ width: 400, maxWidth: '100%' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2 }}>
          <ProductMark size={40} label={frameText.product} />
          <Box>
            <Typography variant="h1">{signInText.title}</Typography>
            <Typography color="textSecondary">{signInText.lead}</Typography>
          </Box>
        </Box>
        <Box
          sx={{ bgcolor: 'background.paper', border: '1px solid', borderColor: 'divider', borderRadius: 1.5, p: 2.5 }}
        >
          {session && (
            <Box sx={{ display: 'flex', gap: 1, mb: 2, alignItems: 'center', flexWrap: 'wrap' }}>
              <Pill tone={session.cloud.isSandbox ? 'warning' : 'accent'}>{session.cloud.label}</Pill>
              {session.cloud.isSandbox && (
                <Typography variant="caption" color="textSecondary">
                  {frameText.sandboxNote}
                </Typography>
              )}
            </Box>
          )}
          <SignInForm />
        </Box>
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 1.5 }}>
          {signInText.local}
        </Typography>
      </Box>
    </Box>
  );
}
