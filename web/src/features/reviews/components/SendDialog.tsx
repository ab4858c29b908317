import { App, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { addresseeText } from '@/lib/texts';
import { Field, FormFault } from '@/ui/Field';
import { Loaded } from '@/ui/plain/states';
import { usePreview, useSendForReview, type Addressee } from '../api/reviews';
import { PreviewSteps } from './PreviewSteps';

/** Where a report is meant to go, and the way it will take for that, before it is sent for review. */
export default function SendDialog({ report, onClose }: { report: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [addressees, setAddressees] = useState<Addressee[]>([]);
  const preview = usePreview(report, addressees);
  const send = useSendForReview();
  const submit = () => send.mutate({ report, addressees }, {
    onSuccess: () => {
      void message.success('已送审');
      onClose();
    },
  });
  return (
    <Modal open title="送审" okText="送审" okButtonProps={{ loading: send.isPending, disabled: Boolean(preview.data?.fault) }} onOk={submit} onCancel={onClose}>
      <Field label="拟报送去向" hint="去向决定需要谁签批；不选即各处都可能报送，经过全部环节">
        <Checkbox.Group
          value={addressees}
          onChange={(values) => setAddressees(values as Addressee[])}
          options={(Object.keys(addresseeText) as Addressee[]).map((value) => ({ value, label: addresseeText[value] }))}
        />
      </Field>
      <Loaded query={preview}>{(data) => <PreviewSteps preview={data} />}</Loaded>
      <FormFault error={send.error} />
    </Modal>
  );
}
