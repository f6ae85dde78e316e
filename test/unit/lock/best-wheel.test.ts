/** Which wheel pip takes of several; the lists are those of real releases, the choices those of pip in an image with Python 3.11. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sortWheels } from '../../../src/lock/best-wheel.ts'

const BEST: readonly (readonly string[])[] = [
  ['x-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl', 'x-1-cp311-abi3-manylinux_2_34_x86_64.whl'],
  ['x-1-cp311-abi3-manylinux_2_34_x86_64.whl', 'x-1-cp311-abi3-manylinux_2_28_x86_64.whl', 'x-1-cp311-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl', 'x-1-cp39-abi3-manylinux_2_34_x86_64.whl'],
  ['x-1-cp310-abi3-manylinux2014_x86_64.whl', 'x-1-py3-none-any.whl'],
  ['x-1-py3-none-manylinux2014_x86_64.whl', 'x-1-py3-none-manylinux1_x86_64.whl', 'x-1-py3-none-any.whl'],
  ['x-1-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl', 'x-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'],
]

for (const wheels of BEST) {
  test(`${wheels[0]} comes first`, () => {
    assert.equal(sortWheels([...wheels].reverse()), wheels)
    assert.equal(sortWheels(wheels), wheels)
  })
}

test.run()
