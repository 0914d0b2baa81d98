/**
 * The text of the program that starts a runtime client for Python: `bootstrap.py` in LAMBDA_RUNTIME_DIR, as on Lambda. Its arguments are
 * the folders of the layers; without arguments the layers are in /opt. The function's folders come before the interpreter's folders in
 * Python's search path, in Lambda's order.
 *
 * With the last argument `--parked`, the program loads the client's modules and then waits until its environment is needed. In three cases
 * it starts again from the beginning after the wait: if it could not load the modules or list the user's folders, if these folders have a
 * module with the name of a loaded module, or if they have a .pth file, which can change how modules are loaded.
 */
export const START_FILE = "bootstrap.py";

export function startText(modules: readonly string[]): string {
  return `import os
import site
import sys

runtime = os.path.dirname(os.path.abspath(__file__))
task = os.environ["LAMBDA_TASK_ROOT"]
release = "python%d.%d" % sys.version_info[:2]
is_parked = sys.argv[-1] == "--parked"
layers = [argument for argument in sys.argv[1:] if argument != "--parked"]
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


def user_has(loaded):
    entries = [entry for folder in folders for entry in os.listdir(folder)]
    return any(entry.endswith(".pth") or entry.split(".")[0] in loaded for entry in entries)


def wait():
    before = set(sys.modules)
    sys.path[:] = own + [runtime]
    try:
        for name in ${JSON.stringify(modules)}:
            __import__(name)
        starts_again = user_has({name.split(".")[0] for name in sys.modules if name not in before})
    except Exception:
        starts_again = True
    # The end of the input means that the engine has ended.
    if os.read(4, 1) == b"":
        os._exit(0)
    os.close(4)
    if starts_again:
        os.execv(sys.executable, [sys.executable, "-B", __file__] + layers)


if is_parked:
    wait()
sys.path[:] = folders + own + [runtime]
site.addsitedir(task)
sys.argv[1:] = [os.environ.get("_HANDLER", "")]
`;
}

export const AWS_CLIENT_MODULES = ["awslambdaric.__main__"] as const;

export const AWS_CLIENT_TEXT = `
from awslambdaric.__main__ import main

main(sys.argv)
`;
