"""Sends a form's file to S3 with Flask and boto3, as their manuals show. gunicorn runs it.

Keys, region and endpoint are in the environment. boto3 reads the endpoint from there only since 1.28.
"""
import os

import boto3
from botocore.config import Config
from flask import Flask, request

application = Flask(__name__)
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"],
                  config=Config(s3={"addressing_style": "path"}))


@application.post("/upload")
def upload():
    file = request.files["file_data"]
    s3.upload_fileobj(file, "bench", file.filename)
    return "201", 201
