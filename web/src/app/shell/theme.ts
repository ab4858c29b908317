import type { ThemeConfig } from 'antd';

/** The desk's look: calm, official, one red. */
export function theme(large: boolean): ThemeConfig {
  return {
    token: {
      colorPrimary: '#b3171b',
      colorLink: '#b3171b',
      colorInfo: '#1a5799',
      colorSuccess: '#14703f',
      colorWarning: '#b36b00',
      colorError: '#b3171b',
      colorText: '#1f2329',
      colorTextSecondary: '#565d69',
      colorTextTertiary: '#626976',
      colorTextDisabled: '#6b7280',
      colorTextPlaceholder: '#6b7280',
      colorTextDescription: '#565d69',
      colorBorder: '#c9cdd4',
      colorBorderSecondary: '#e3e5ea',
      colorBgLayout: '#f5f6f8',
      borderRadius: 6,
      fontSize: large ? 17 : 15,
      controlHeight: large ? 40 : 36,
      fontFamily: 'var(--sd-sans)',
      wireframe: false,
    },
    components: {
      Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 60, headerPadding: '0 20px' },
      Menu: { itemSelectedBg: '#fbf0ef', itemSelectedColor: '#b3171b', itemHeight: large ? 46 : 42, itemMarginInline: 8 },
      Table: { headerBg: '#fafbfc', headerColor: '#565d69', rowHoverBg: '#fafbfc', cellPaddingBlock: 12 },
      Card: { headerFontSize: large ? 18 : 16 },
    },
  };
}
