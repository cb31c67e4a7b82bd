"""What Numba does not compile for a GPU: constructs of Python, and names of its libraries."""

import ast

CONSTRUCTS: dict[type[ast.AST], str] = {
    ast.ListComp: "a comprehension makes a list; write a loop, into cuda.local.array if need be",
    ast.SetComp: "a comprehension makes a set; write a loop",
    ast.DictComp: "a comprehension makes a dict; write a loop",
    ast.GeneratorExp: "a generator; write a loop",
    ast.List: "a list; use a tuple, or cuda.local.array(size, type)",
    ast.Dict: "a dict",
    ast.Set: "a set; use a tuple",
    ast.Try: "try; test beforehand what may go wrong",
    ast.With: "with",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Await: "await",
    ast.AsyncFor: "async",
    ast.AsyncWith: "async",
    ast.AsyncFunctionDef: "async",
    ast.ClassDef: "a class",
    ast.Import: "an import inside the function; put it at the top of the file",
    ast.ImportFrom: "an import inside the function; put it at the top of the file",
    ast.Nonlocal: "nonlocal: an inner function that keeps a state",
    ast.JoinedStr: "an f-string; print(name, value) prints several values",
    ast.Delete: "del",
    ast.NamedExpr: "`:=`; write the assignment on a line of its own",
}
if hasattr(ast, "TryStar"):
    CONSTRUCTS[ast.TryStar] = CONSTRUCTS[ast.Try]

BUILTINS = {
    *("all", "any", "bytearray", "bytes", "delattr", "dict", "dir", "eval", "exec", "filter"),
    *("format", "frozenset", "getattr", "globals", "id", "input", "iter", "list", "locals", "map"),
    *("memoryview", "next", "object", "open", "repr", "reversed", "set", "setattr", "sorted"),
    *("str", "super", "vars"),
}
NUMPY = {
    *("amax", "amin", "append", "arange", "argmax", "argmin", "argsort", "array", "asarray"),
    *("average", "clip", "concatenate", "convolve", "copy", "cumsum", "diff", "dot", "einsum"),
    *("empty", "empty_like", "eye", "full", "full_like", "hstack", "inner", "linalg", "linspace"),
    *("matmul", "max", "mean", "median", "min", "ones", "ones_like", "outer", "pad", "random"),
    *("repeat", "reshape", "sort", "split", "stack", "std", "tensordot", "tile", "transpose"),
    *("unique", "var", "vstack", "where", "zeros", "zeros_like"),
}
MODULES = {
    *("collections", "datetime", "functools", "io", "itertools", "json", "logging", "os", "queue"),
    *("random", "re", "string", "subprocess", "sys", "threading", "time"),
}
UNKNOWN_MATH = {
    *("cbrt", "comb", "dist", "exp2", "factorial", "fsum", "isqrt", "lcm", "nextafter", "perm"),
    *("prod", "sumprod", "ulp"),
}
