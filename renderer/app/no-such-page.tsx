import { NoticePanel } from '../components/notice-panel.tsx';
import { frameText } from '../text/frame-text.ts';

export function NoSuchPage() {
  return <NoticePanel isPage title={frameText.notFoundTitle} body={frameText.notFoundBody} />;
}
