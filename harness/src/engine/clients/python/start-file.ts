/**
 * The text of the program that starts a runtime client for Python: `bootstrap.py` in LAMBDA_RUNTIME_DIR, as on Lambda. Its arguments are
 * the folders of the layers; without arguments the layers are in /opt. The function's folders come before the interpreter's folders in
 * Python's search path, in Lambda's order.
 */
export const START_FILE = "bootstrap.py";

export const START_TEXT = `import os
import site
import sys

runtime = os.path.dirname(os.path.abspath(__file__))
task = os.environ["LAMBDA_TASK_ROOT"]
release = "python%d.%d" % sys.version_info[:2]
layers = sys.argv[1:]
own = [path for path in sys.path if os.path.abspath(path or ".") not in (runtime, task)]
# If the function sets its own PYTHONPATH, the folders of layers are not added.
folders = []
if os.environ.get("PYTHONPATH") == runtime:
    for layer in layers or ["/opt"]:
        folders.append(os.path.join(layer, "python", "lib", release, "site-packages"))
        folders.append(os.path.join(layer, "python"))
folders = [task] + [folder for folder in folders if os.path.isdir(folder)]
# Before Python 3.12 Lambda does not set LC_CTYPE. If this machine has no locale en_US.UTF-8, Python itself sets LC_CTYPE, so the variable is removed here.
if sys.version_info < (3, 12) and os.environ.get("LC_CTYPE") == "C.UTF-8" and os.path.exists("/proc/self/environ"):
    with open("/proc/self/environ", "rb") as given:
        if b"\\0LC_CTYPE=" not in b"\\0" + given.read():
            del os.environ["LC_CTYPE"]
sys.path[:] = folders + own + [runtime]
site.addsitedir(task)
sys.argv[1:] = [os.environ.get("_HANDLER", "")]
`;

export const AWS_CLIENT_TEXT = `
from awslambdaric.__main__ import main

main(sys.argv)
`;
