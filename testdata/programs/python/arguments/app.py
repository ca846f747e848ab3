"""What a call does may hang on how it, or what it is called on, was made."""

import socket

import slack
import slack_sdk


async def names(address):
    socket.getnameinfo(address, 0)  # hazard[BL103]: names > socket.getnameinfo
    return socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)


async def posts(token: str, text: str):
    slack_sdk.WebClient(token).chat_postMessage(text=text)  # hazard[BL102]: posts > slack_sdk.WebClient.chat_postMessage
    client = slack.WebClient(token)
    client.chat_postMessage(text=text)  # hazard[BL102]: posts > slack_sdk.WebClient.chat_postMessage
    client = slack.WebClient(token, run_async=True)
    task = client.chat_postMessage(text=text)
    return await task
