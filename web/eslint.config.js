import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** One-way imports: app and phone → features → ui → lib. */
const ban = (patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});
const antd = { group: ['antd', 'antd/*', '@ant-design/*', 'echarts', 'echarts/*'], message: '这里不能用 antd 或 ECharts。' };
const upward = { group: ['@/app/*', '@/app', '@/phone/*', '@/phone'], message: '只能向下引用。' };
const relativeOut = { group: ['../../*'], message: '出本目录请用 @/ 路径。' };

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/lib/schema.gen.ts'] },
  ...tseslint.configs.recommended,
  hooks.configs.flat['recommended-latest'],
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/lib/**'],
    rules: ban([antd, upward, { group: ['@/features/*', '@/ui/*'], message: 'lib 在最下层。' }]),
  },
  {
    files: ['src/ui/plain/**'],
    rules: ban([antd, upward, { group: ['@/features/*'], message: 'ui 不引用业务。' }]),
  },
  {
    files: ['src/ui/*.{ts,tsx}'],
    rules: ban([upward, { group: ['@/features/*'], message: 'ui 不引用业务。' }]),
  },
  {
    files: ['src/features/*/api/**'],
    rules: ban([antd, upward, relativeOut, { group: ['@/ui/*', '@/features/*/components/*'], message: 'api 只引用 lib。' }]),
  },
  {
    files: ['src/features/*/components/**'],
    rules: ban([upward, relativeOut]),
  },
  {
    files: ['src/phone/**'],
    rules: ban([
      antd,
      { group: ['@/app/*', '@/app', '@/features/*/components/*'], message: '手机端只用 lib、ui/plain 和各业务的 api。' },
    ]),
  },
  {
    files: ['src/open/**'],
    rules: ban([antd, { group: ['react', 'react-dom', '@/*'], message: '不需登录的页面只有它自己。' }]),
  },
);
