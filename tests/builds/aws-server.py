"""Runs the AWS command line for clients that tell their process id: its start, which takes most of a call, is paid once.

Arguments, environment, folder and outputs are those of the client, as Linux shows them under /proc.
"""
import os
import select
import signal
import socket
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)


def fields(path):
    with open(path, "rb") as file:
        return [os.fsdecode(field) for field in file.read().split(b"\0")[:-1]]


def serve(client):
    process = "/proc/" + client.makefile().readline().strip()
    paths = os.environ.get("AWS_DATA_PATH", "")
    os.environ.clear()
    os.environ.update(field.split("=", 1) for field in fields(process + "/environ"))
    os.environ["AWS_DATA_PATH"] = paths
    os.chdir(process + "/cwd")
    for output in (1, 2):
        os.dup2(os.open(f"{process}/fd/{output}", os.O_WRONLY | os.O_APPEND), output)
    try:
        # The client is a script: before its arguments stand the shell and its own name.
        status = driver.main(fields(process + "/cmdline")[2:])
    except SystemExit as end:
        status = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    client.sendall(f"{status or 0}\n".encode())


# The end of the input means that whoever has started this is gone.
while sys.stdin not in select.select([server, sys.stdin], [], [])[0]:
    client, _ = server.accept()
    if os.fork() == 0:
        serve(client)
        os._exit(0)
    client.close()
