/** The page on `mlstack doctor` has every check. */
import { test } from 'uvu'
import { doctorPage } from '../../src/build/doctor-page.ts'
import { CHECKS } from '../../src/doctor/checks/checks.ts'
import { holdToGenerator } from './pages.ts'

test('the page is what is generated', () => {
  holdToGenerator('docs/doctor.md', doctorPage(CHECKS))
})

test.run()
