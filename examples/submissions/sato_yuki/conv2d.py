import numpy as np
from conv_output_size import conv_output_size


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, _, h, w = x.shape
    o, _, kh, kw = weight.shape
    oh = conv_output_size(h, kh, stride, padding, dilation)
    ow = conv_output_size(w, kw, stride, padding, dilation)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((n, o, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, None, :, top:top + dilation * (kh - 1) + 1:dilation, left:left + dilation * (kw - 1) + 1:dilation]
            out[:, :, i, j] = (window * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


if __name__ == "__main__":
    image = np.array([[10, 2, 4, 1, 1], [0, 4, 0, 2, 2], [1, 8, 16, 0, 0], [8, 1, 1, 0, 0], [0, 0, 2, 6, 1]], float)
    kernel = np.array([[2, 2, 2], [1, 0, 1], [2, 2, 2]], float)
    result = conv2d(image[None, None], kernel[None, None])
    print(result)
    assert np.array_equal(result[0, 0], [[82, 68, 46], [45, 24, 26], [63, 65, 51]])
    # different height and width
    assert conv2d(np.ones((1, 2, 4, 7)), np.ones((3, 2, 2, 3))).shape == (1, 3, 3, 5)
    print("all ok")
