class Square:
    def draw(self):
        return 1
