#!/usr/bin/python3
"""Write the golden files of every case here that is not AWS's own (aws-*), with botocore."""

import datetime
import pathlib
import types
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode

ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def read(path):
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    method, key_path = first.split(" ", 1)
    case = types.SimpleNamespace(
        method=method, path=key_path, query=[], headers=[], payload="", session_token=None,
        time="20130524T000000Z", region="us-east-1")
    for line in lines:
        name, value = line.split(": ", 1)
        if name == "query":
            case.query.append(tuple(value.split("=", 1)))
        elif name == "header":
            case.headers.append(tuple(value.split(":", 1)))
        else:
            setattr(case, name, value)
    return case


def request_of(case):
    # botocore's own way with a key in a path, see its serializer for rest-xml.
    request = AWSRequest(
        method=case.method, url="https://host" + percent_encode(case.path, safe="/~"),
        params=case.query)
    for name, value in case.headers:
        request.headers[name] = value  # adds, where the name is there already
    if case.payload == "UNSIGNED-PAYLOAD":
        request.context["client_config"] = types.SimpleNamespace(
            s3={"payload_signing_enabled": False})
    else:
        request.data = case.payload.encode()
    return request


def write_goldens(folder):
    case = read(folder / "request")
    request = request_of(case)
    signer = botocore.auth.S3SigV4Auth(
        Credentials(ACCESS_KEY_ID, SECRET_ACCESS_KEY, case.session_token), "s3", case.region)
    with mock.patch("botocore.auth.datetime", wraps=datetime) as clock:
        clock.datetime.utcnow.return_value = datetime.datetime.strptime(
            case.time, botocore.auth.SIGV4_TIMESTAMP)
        signer.add_auth(request)
    authorization = request.headers["Authorization"]
    del request.headers["Authorization"]  # signed otherwise, as any header
    canonical_request = signer.canonical_request(request)
    string_to_sign = signer.string_to_sign(request, canonical_request)
    goldens = {
        "canonical_request": canonical_request,
        "string_to_sign": string_to_sign,
        "signature": signer.signature(string_to_sign, request),
        "authorization": authorization,
    }
    for name, text in goldens.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


for request_file in sorted(pathlib.Path(__file__).parent.glob("*/request")):
    if not request_file.parent.name.startswith("aws-"):
        write_goldens(request_file.parent)
