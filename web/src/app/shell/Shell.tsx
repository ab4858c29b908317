import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { Suspense } from 'react';
import { Outlet, useParams } from 'react-router';
import { PageSkeleton } from '@/ui/plain/states';
import { theme } from './theme';
import { TenantGate } from './TenantGate';

/** What surrounds every page of a unit. */
export default function Shell() {
  const { tenant = '' } = useParams();
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider locale={zhCN} theme={theme(false)} button={{ autoInsertSpace: false }}>
        <App>
          <TenantGate key={tenant} tenant={tenant}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </TenantGate>
        </App>
      </ConfigProvider>
    </StyleProvider>
  );
}
