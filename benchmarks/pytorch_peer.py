"""The PyTorch side of benchmarks/compare-with-pytorch.sh.

Reads lines "SECONDS COMMAND ARGUMENTS" and answers each with the seconds of the fastest run within that time. Commands:
"matmul M K N" and "decoder" (a Llama-shaped decoder, random weights, logits of every position).
"""

import os
import sys
import time

import torch
import torch.nn.functional as F

LAYERS, WIDTH, HEADS, FEED_FORWARD, VOCABULARY = 8, 512, 8, 1376, 4096
BATCH, TOKENS = 4, 128
EPSILON, ROTARY_BASE = 1e-5, 10000.0


def matmul(m, k, n):
    # Both ways that this PyTorch has: its BLAS, and oneDNN where it was built with it.
    a, b, c = torch.randn(m, k), torch.randn(k, n), torch.empty(m, n)
    runs = [lambda: torch.mm(a, b, out=c)]
    if torch.backends.mkldnn.is_available():
        packed_a, packed_b = a.to_mkldnn(), b.t().contiguous().to_mkldnn()
        runs.append(lambda: torch._C._nn.mkldnn_linear(packed_a, packed_b))
    return runs


def rms_norm(x, weight):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * weight


def attention(q, k, v, mask):
    fused = getattr(F, "scaled_dot_product_attention", None)
    if fused is not None:
        return fused(q, k, v, is_causal=True)
    scores = torch.matmul(q, k.transpose(-1, -2)) * q.size(-1) ** -0.5
    return torch.matmul(torch.softmax(scores + mask, -1), v)


def rotate(x, cos, sin):
    low, high = x.chunk(2, -1)
    return torch.cat((low * cos - high * sin, high * cos + low * sin), -1)


class Layer:
    def __init__(self):
        def weight(rows, columns):
            return torch.randn(rows, columns) * columns**-0.5

        self.norm_attention, self.norm_ffn = torch.ones(WIDTH), torch.ones(WIDTH)
        self.qkv, self.out = weight(3 * WIDTH, WIDTH), weight(WIDTH, WIDTH)
        self.gate_up, self.down = weight(2 * FEED_FORWARD, WIDTH), weight(WIDTH, FEED_FORWARD)

    def __call__(self, x, cos, sin, mask):
        qkv = F.linear(rms_norm(x, self.norm_attention), self.qkv).view(BATCH, TOKENS, 3, HEADS, WIDTH // HEADS)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        y = attention(rotate(q, cos, sin), rotate(k, cos, sin), v, mask)
        x = x + F.linear(y.transpose(1, 2).reshape(BATCH, TOKENS, WIDTH), self.out)
        gate, up = F.linear(rms_norm(x, self.norm_ffn), self.gate_up).chunk(2, -1)
        return x + F.linear(F.silu(gate) * up, self.down)


def decoder():
    layers = [Layer() for _ in range(LAYERS)]
    embedding, norm = torch.randn(VOCABULARY, WIDTH), torch.ones(WIDTH)
    head = torch.randn(VOCABULARY, WIDTH) * WIDTH**-0.5
    size = WIDTH // HEADS
    angles = torch.outer(torch.arange(TOKENS).float(), ROTARY_BASE ** (-torch.arange(0, size, 2).float() / size))
    cos, sin = angles.cos(), angles.sin()
    mask = torch.full((TOKENS, TOKENS), float("-inf")).triu(1)
    ids = torch.randint(VOCABULARY, (BATCH, TOKENS))

    def forward():
        x = F.embedding(ids, embedding)
        for layer in layers:
            x = layer(x, cos, sin, mask)
        return F.linear(rms_norm(x, norm), head)

    return [forward]


def fastest(runs, seconds):
    best = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for run in runs:
            start = time.perf_counter()
            run()
            best = min(best, time.perf_counter() - start)
    return best


def linear_algebra():
    """Names of the BLAS libraries that this process has loaded: the comparison means little against the reference one."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            names = {os.path.basename(line.split()[-1]) for line in maps if "blas" in line or "mkl" in line}
    except OSError:
        names = set()
    return ", ".join(sorted(names)) or "BLAS built in"


def main():
    torch.manual_seed(1)
    print(f"{torch.__version__}, {linear_algebra()}", flush=True)
    cases = {}
    with torch.inference_mode():
        for line in sys.stdin:
            seconds, name, *sizes = line.split()
            key = (name, *map(int, sizes))
            if key not in cases:
                cases.clear()
                cases[key] = {"matmul": matmul, "decoder": decoder}[name](*key[1:])
                fastest(cases[key], 0.1)
            print(repr(fastest(cases[key], float(seconds))), flush=True)


if __name__ == "__main__":
    main()
