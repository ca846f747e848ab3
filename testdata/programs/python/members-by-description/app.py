"""What a library's object has under names that only its description lists, and a flow that waits for a person."""

import asyncio

from google_auth_oauthlib.flow import InstalledAppFlow
from web3 import AsyncWeb3, Web3


class Token:
    def __init__(self, node: Web3, address, abi):
        self.contract = node.eth.contract(address, abi=abi)

    async def allowance(self, owner, spender):
        return self.contract.functions.allowance(owner, spender).call()  # hazard[BL102]: Token.allowance > web3.contract.Contract.functions.allowance().call

    async def encoded(self, owner, spender):
        return self.contract.encodeABI("allowance", [owner, spender])


class AsyncToken:
    def __init__(self, node: AsyncWeb3, address, abi):
        self.contract = node.eth.contract(address, abi=abi)

    async def allowance(self, owner, spender):
        return await self.contract.functions.allowance(owner, spender).call()


async def sign_in(settings):
    flow = InstalledAppFlow.from_client_config(settings, [])
    return flow.run_local_server(port=0)  # hazard[BL102]: sign_in > google_auth_oauthlib.flow.InstalledAppFlow.run_local_server


async def sign_in_apart(settings):
    flow = InstalledAppFlow.from_client_config(settings, [])
    return await asyncio.to_thread(flow.run_local_server, port=0)
