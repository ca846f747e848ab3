"""Functions in the place of types: what they make is meant."""

import boto3
import chromadb


class Store:
    def __init__(self, client: boto3.client, vectors: "chromadb.HttpClient"):
        self.client = client
        self.vectors = vectors

    async def save(self):
        self.client.put_object(Bucket="b", Key="k")  # hazard[BL102]: Store.save > botocore.client.BaseClient.put_object

    async def find(self):
        return self.vectors.get_collection("c")  # hazard[BL104]: Store.find > chromadb.api.ClientAPI.get_collection

    async def name(self):
        return self.client.meta


def make(client: boto3.client):
    return client.put_object(Bucket="b", Key="k")
