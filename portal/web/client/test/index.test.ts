import { expect, test } from 'vitest';

test('the package has an entry', async () => {
  expect(await import('../src/index.ts')).toBeDefined();
});
