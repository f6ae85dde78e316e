def up(number): return number + 1
