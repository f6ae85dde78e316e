print('calibrate')
