/**
 * The text of the program that starts a runtime client for Python: `bootstrap.py` in LAMBDA_RUNTIME_DIR, as on Lambda. Its arguments
 * are the folders of layers, if these are not in /opt. It puts the function's folders before the interpreter's folders in Python's search
 * path, in Lambda's order. Then it starts AWS's client; or the text of our client (own-client.ts) is appended to it.
 */
export const START_FILE = "bootstrap.py";

export const PATHS_TEXT = `import os
import site
import sys

runtime = os.path.dirname(os.path.abspath(__file__))
task = os.environ["LAMBDA_TASK_ROOT"]
release = "python%d.%d" % sys.version_info[:2]
layers = sys.argv[1:] or ["/opt"]
own = [path for path in sys.path if os.path.abspath(path or ".") not in (runtime, task)]
# A function that sets PYTHONPATH decides for itself about layers.
folders = []
if os.environ.get("PYTHONPATH") == runtime:
    for layer in layers:
        folders.append(os.path.join(layer, "python", "lib", release, "site-packages"))
        folders.append(os.path.join(layer, "python"))
sys.path[:] = [task] + [folder for folder in folders if os.path.isdir(folder)] + own + [runtime]
site.addsitedir(task)
# Python sets LC_CTYPE itself if this machine has no locale en_US.UTF-8. Lambda has it up to 3.11.
if sys.version_info < (3, 12) and os.environ.get("LC_CTYPE") == "C.UTF-8" and os.path.exists("/proc/self/environ"):
    with open("/proc/self/environ", "rb") as given:
        if b"\\0LC_CTYPE=" not in b"\\0" + given.read():
            del os.environ["LC_CTYPE"]
sys.argv[1:] = [os.environ.get("_HANDLER", "")]
`;

export const AWS_CLIENT_TEXT = `
from awslambdaric.__main__ import main

main(sys.argv)
`;
