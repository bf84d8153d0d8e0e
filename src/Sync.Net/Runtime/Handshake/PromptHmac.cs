using System.Buffers.Binary;
using System.Numerics;

namespace Sync.Net.Runtime.Handshake;

/// <summary>HMAC with SHA-256 (RFC 2104, FIPS 180-4) in plain code.</summary>
/// <remarks>
/// The platform's loads OpenSSL, which takes a command of the shell tool longer than all the rest of its life. So native programs, which start
/// for one call, use this one; all others use the platform's. Tests hold the two against each other. Its time depends on lengths only.
/// </remarks>
internal static class PromptHmac
{
    public const int HashBytes = 32;

    private const int BlockBytes = 64;
    private const int LengthBytes = 8;

    /// <summary>The fractions of the cube roots of the first 64 primes.</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The fractions of the square roots of the first eight primes.</summary>
    private static ReadOnlySpan<uint> Start =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    public static byte[] HashData(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        byte[] inner = new byte[BlockBytes + text.Length];
        byte[] outer = new byte[BlockBytes + HashBytes];
        if (key.Length > BlockBytes) Sha256(key, inner);
        else key.CopyTo(inner);
        for (int i = 0; i < BlockBytes; i++)
        {
            outer[i] = (byte)(inner[i] ^ 0x5c);
            inner[i] ^= 0x36;
        }
        text.CopyTo(inner.AsSpan(BlockBytes));
        Sha256(inner, outer.AsSpan(BlockBytes));
        byte[] mac = new byte[HashBytes];
        Sha256(outer, mac);
        return mac;
    }

    private static void Sha256(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        Span<uint> state = stackalloc uint[8];
        Start.CopyTo(state);
        int whole = text.Length / BlockBytes * BlockBytes;
        for (int at = 0; at < whole; at += BlockBytes) Take(text.Slice(at, BlockBytes), state);

        // The rest, a one, zeros, and the length in bits: one block more, or two.
        ReadOnlySpan<byte> rest = text[whole..];
        Span<byte> last = stackalloc byte[rest.Length + 1 + LengthBytes <= BlockBytes ? BlockBytes : 2 * BlockBytes];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(last[^LengthBytes..], (ulong)text.Length * 8);
        for (int at = 0; at < last.Length; at += BlockBytes) Take(last.Slice(at, BlockBytes), state);

        for (int i = 0; i < state.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], state[i]);
    }

    private static void Take(ReadOnlySpan<byte> block, Span<uint> state)
    {
        Span<uint> words = stackalloc uint[64];
        for (int i = 0; i < 16; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        for (int i = 16; i < 64; i++)
        {
            uint late = words[i - 15];
            uint early = words[i - 2];
            uint mixedLate = BitOperations.RotateRight(late, 7) ^ BitOperations.RotateRight(late, 18) ^ (late >> 3);
            uint mixedEarly = BitOperations.RotateRight(early, 17) ^ BitOperations.RotateRight(early, 19) ^ (early >> 10);
            words[i] = words[i - 16] + mixedLate + words[i - 7] + mixedEarly;
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int i = 0; i < 64; i++)
        {
            uint turned = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint first = h + turned + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            turned = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint second = turned + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
