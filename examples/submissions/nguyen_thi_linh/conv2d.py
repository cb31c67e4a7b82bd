from im2col import im2col, pad


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, c = x.shape[:2]
    o, _, kh, kw = weight.shape
    cols, oh, ow = im2col(pad(x, padding), kh, kw, stride, dilation)
    cols = cols.reshape(n, c * kh * kw, oh * ow)
    out = weight.reshape(o, c * kh * kw) @ cols       # (n, o, oh*ow)
    out = out.reshape(n, o, oh, ow)
    if bias is not None:
        out = out + bias.reshape(1, o, 1, 1)
    return out
