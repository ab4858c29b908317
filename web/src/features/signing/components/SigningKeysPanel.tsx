import { App, Button, Popconfirm } from 'antd';
import { time } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useRotate, useSigningKeys } from '../api/keys';
import styles from './signing.module.css';

/** The keys the unit signs its letters with. */
export default function SigningKeysPanel() {
  const { message } = App.useApp();
  const keys = useSigningKeys();
  const may = useMay('setting:write');
  const rotate = useRotate();
  const change = () => rotate.mutate(undefined, { onSuccess: () => message.success('已更换，此后的信函用新密钥签名') });
  return (
    <Panel title="签名密钥" extra={may && (
      <Popconfirm title="更换签名密钥？" description="旧密钥签过的信函仍能验证。" okText="更换" cancelText="取消" onConfirm={change}>
        <Button loading={rotate.isPending}>更换密钥</Button>
      </Popconfirm>
    )}>
      <p className={styles.hint}>本单位发出的每封信函都用它签名，收到的单位据此确认是谁发的、有没有改过。私钥封存在系统中，谁也看不到。</p>
      <Loaded query={keys}>
        {(list) => (list.length === 0
          ? <EmptyState title="还没有密钥" hint="第一次报送时自动生成。" />
          : list.map((key) => (
            <div key={key.id} className={styles.key}>
              <StatusTag tone={key.retired_at ? 'quiet' : 'ok'}>{key.retired_at ? '已停用' : '使用中'}</StatusTag>
              <div>
                {key.algorithm}　<small>{time(key.created_at)} 启用{key.retired_at && `，${time(key.retired_at)} 停用`}</small>
                <code>编号 {key.id}</code>
                <code>公钥 {key.public}</code>
              </div>
            </div>
          )))}
      </Loaded>
      <FormFault error={rotate.error} />
    </Panel>
  );
}
