import { configure } from '@testing-library/react';

// Enough for a machine that builds everything else at the same time; nothing waits longer than it has to.
configure({ asyncUtilTimeout: 10_000 });
