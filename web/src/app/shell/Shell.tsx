import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { Suspense, useMemo, useState } from 'react';
import { Outlet, useParams } from 'react-router';
import { largeText, setLargeText } from '@/lib/textSize';
import { PageSkeleton } from '@/ui/plain/states';
import { Frame } from './Frame';
import { TenantGate } from './TenantGate';
import { theme } from './theme';

/** What surrounds every page of a unit. */
export default function Shell() {
  const { tenant = '' } = useParams();
  const [large, setLarge] = useState(largeText);
  const look = useMemo(() => theme(large), [large]);
  const choose = (on: boolean) => {
    setLargeText(on);
    setLarge(on);
  };
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider locale={zhCN} theme={look} button={{ autoInsertSpace: false }}>
        <App>
          <TenantGate key={tenant} tenant={tenant}>
            <Frame large={large} onLarge={choose}>
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </Frame>
          </TenantGate>
        </App>
      </ConfigProvider>
    </StyleProvider>
  );
}
