"""What a class has for missing attributes answers only for those that a library's base does not have."""

import time

from traitlets.config import LoggingConfigurable


class Answers:
    def __getattr__(self, name):
        return self.answer

    def answer(self):
        time.sleep(1)  # hazard: alone > Answers.answer > time.sleep


class Configured(LoggingConfigurable):
    def __getattr__(self, name):
        return self.answer

    def answer(self):
        time.sleep(2)


async def alone(answers: Answers):
    answers.traits()


async def configured(answers: Configured):
    answers.traits()
