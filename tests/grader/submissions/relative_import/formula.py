def size(n, k, s, p, d):
    return (n + 2 * p - d * (k - 1) - 1) // s + 1
