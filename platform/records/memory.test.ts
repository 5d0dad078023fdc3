import { recordsContract } from './contract.ts';
import { openMemoryRecords } from './memory.ts';

recordsContract('memory', () => ({ open: openMemoryRecords, isDurable: false, remove: () => {} }));
