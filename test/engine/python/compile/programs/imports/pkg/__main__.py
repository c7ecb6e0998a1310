print('main of pkg')
