import { createHashRouter, type RouteObject } from 'react-router';
import { AccountsPage } from '../features/accounts/accounts-page.tsx';
import { UsersPage } from '../features/users/users-page.tsx';
import { RouteCrash } from './crash-panel.tsx';
import { Frame } from './frame.tsx';
import { NoSuchPage } from './no-such-page.tsx';
import { StartPage } from './start-page.tsx';

// The two lists are in the first chunk; forms, imports and the outbox load when they are opened.
const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <RouteCrash />,
    hydrateFallbackElement: <></>,
    children: [
      {
        errorElement: <RouteCrash />,
        children: [
          { index: true, element: <StartPage /> },
          { path: 'accounts', element: <AccountsPage /> },
          {
            path: 'accounts/new',
            lazy: async () => ({
              Component: (await import('../features/accounts/add-account-page.tsx')).AddAccountPage,
            }),
          },
          {
            path: 'accounts/:accountId/information',
            lazy: async () => ({
              Component: (await import('../features/accounts/account-information-page.tsx')).AccountInformationPage,
            }),
          },
          {
            path: 'accounts/:accountId/users',
            element: <UsersPage />,
            children: [
              {
                path: 'new',
                lazy: async () => ({ Component: (await import('../features/users/new-user-panel.tsx')).NewUserPanel }),
              },
              {
                path: ':userId',
                lazy: async () => ({ Component: (await import('../features/users/user-panel.tsx')).UserPanel }),
                children: [
                  {
                    path: 'history',
                    lazy: async () => ({
                      Component: (await import('../features/history/record-history.tsx')).RecordHistory,
                    }),
                  },
                ],
              },
            ],
          },
          {
            path: 'accounts/:accountId/history',
            lazy: async () => ({ Component: (await import('../features/history/history-page.tsx')).HistoryPage }),
          },
          {
            path: 'accounts/:accountId/import',
            lazy: async () => ({
              Component: (await import('../features/imports/import-users-page.tsx')).ImportUsersPage,
            }),
          },
          {
            path: 'accounts/:accountId/import/recipes',
            lazy: async () => ({
              Component: (await import('../features/imports/recipes-page.tsx')).RecipesPage,
            }),
          },
          {
            path: 'accounts/:accountId/uploads/:importId',
            lazy: async () => ({
              Component: (await import('../features/imports/upload-page.tsx')).UploadPage,
            }),
          },
          {
            path: 'accounts/:accountId/import/:importId',
            lazy: async () => ({
              Component: (await import('../features/imports/import-preview-page.tsx')).ImportPreviewPage,
            }),
          },
          {
            path: 'outbox',
            lazy: async () => ({ Component: (await import('../features/outbox/outbox-page.tsx')).OutboxPage }),
          },
          {
            path: 'conflicts',
            lazy: async () => ({ Component: (await import('../features/conflicts/conflicts-page.tsx')).ConflictsPage }),
          },
          {
            path: 'offline',
            lazy: async () => ({ Component: (await import('../features/offline/offline-page.tsx')).OfflinePage }),
          },
          {
            path: 'history',
            lazy: async () => ({ Component: (await import('../features/history/history-page.tsx')).HistoryPage }),
          },
          { path: '*', element: <NoSuchPage /> },
        ],
      },
    ],
  },
];

/** The address of a screen stands behind the #: the page itself is one file, and a reload stays where it was. */
export function createRouter() {
  return createHashRouter(routes);
}
