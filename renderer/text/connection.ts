import type { ConnectionState, UnreachableReason } from '../../shared/model/connection.ts';

export const connectionLabels: Readonly<Record<ConnectionState, string>> = {
  online: 'Online',
  unreachable: 'Cloud unreachable',
  'no-link': 'No network',
  offline: 'Working offline',
  'signed-out': 'Signed out',
  checking: 'Checking…',
};

export const connectionSentences: Readonly<Record<ConnectionState, string>> = {
  online: 'The cloud answers. Changes are sent as you save them.',
  unreachable:
    'There is a network, but the cloud does not answer. Changes wait on this computer and are sent when it does.',
  'no-link': 'This computer has no network. Changes wait on this computer; connect a cable or Wi-Fi to send them.',
  offline: 'You switched to working offline. Nothing is sent or fetched until you switch it off.',
  'signed-out': 'Nobody is signed in to the cloud. Everything on this computer works; sign in to send your changes.',
  checking: 'The console is finding out whether the cloud answers.',
};

/** Why the cloud does not answer and where to look. */
export const reasonSentences: Readonly<Record<UnreachableReason, string>> = {
  none: '',
  dns: 'The name of the cloud could not be resolved. Check the DNS server of this network.',
  refused: 'The connection was refused. A firewall may block TCP 443.',
  'broken-off': 'The connection broke off before the answer was there. The network may be weak, or a firewall cuts it.',
  timeout: 'The cloud did not answer in time. The network may be slow or drop packets.',
  tls: 'The secure connection could not be set up. A proxy may open TLS, or this computer’s clock is wrong.',
  'captive-portal': 'This network shows its own sign-in page. Open a browser and accept it.',
  proxy: 'The proxy refused the connection. Check its address and whether it wants a sign-in.',
  'server-error': 'The cloud answered with an error. It is asked again by itself.',
  'not-json': 'Something other than the cloud answered. A proxy or a filter may stand between.',
  'rate-limited': 'The cloud asked for a pause. Sending goes on by itself.',
  'disk-full': 'The disk of this computer is full. Free some space; sending and fetching go on by themselves.',
};

export const reasonLabels: Readonly<Record<UnreachableReason, string>> = {
  none: '',
  dns: 'name not found',
  refused: 'refused',
  'broken-off': 'cut off',
  timeout: 'no answer',
  tls: 'TLS problem',
  'captive-portal': 'network sign-in page',
  proxy: 'proxy',
  'server-error': 'server error',
  'not-json': 'wrong answer',
  'rate-limited': 'asked to pause',
  'disk-full': 'disk full',
};
