import { writeFileSync } from 'node:fs';
import type { FullResult, Reporter, TestCase, TestResult } from 'playwright/types/testReporter';

/** Leaves the counts where the test command adds them up. */
export default class CountReporter implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') this.#skipped += 1;
    else if (result.status === test.expectedStatus) this.#passed += 1;
    else this.#failed += 1;
  }

  onEnd(result: FullResult): void {
    const path = process.env['FIELDLINK_TEST_COUNTS'];
    if (path === undefined) return;
    // A run that broke off without a failed test is a failure all the same.
    if (result.status !== 'passed' && this.#failed === 0) this.#failed = 1;
    writeFileSync(path, JSON.stringify({ passed: this.#passed, failed: this.#failed, skipped: this.#skipped }));
  }
}
