import { describe, expect, it } from 'vitest';
import { nameOf } from './download';

describe('the name of a file', () => {
  it('is read from the answer, Chinese too', () => {
    expect(nameOf("attachment; filename*=utf-8''%E6%A0%B8%E7%A8%BF%E5%8D%95.docx")).toBe('核稿单.docx');
    expect(nameOf('attachment; filename="list.xlsx"')).toBe('list.xlsx');
    expect(nameOf('attachment; filename=list.xlsx')).toBe('list.xlsx');
    expect(nameOf(null)).toBe('导出');
  });
});
