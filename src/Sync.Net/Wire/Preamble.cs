using System.Buffers;
using System.Buffers.Binary;

namespace Sync.Net.Wire;

/// <summary>
/// Judges the first bytes of a connection before a whole frame is there, so that another program is known at once
/// and not when the time for the handshake is over.
/// </summary>
internal static class Preamble
{
    /// <summary>Covers length, header and magic in their longest forms.</summary>
    private const int MaxBytes = Frames.LengthPrefixBytes + FrameHeader.MaxBytes + MagicBytes;

    private const int MagicBytes = 9;

    /// <summary>The header of a string of eight bytes.</summary>
    private const byte MagicHeader = 0xa8;

    /// <param name="buffer">All that has come so far.</param>
    /// <param name="expected">The frames that may come first.</param>
    public static PreambleVerdict Judge(in ReadOnlySequence<byte> buffer, ReadOnlySpan<FrameType> expected)
    {
        Span<byte> copy = stackalloc byte[(int)Math.Min(MaxBytes, buffer.Length)];
        buffer.Slice(0, copy.Length).CopyTo(copy);
        ReadOnlySpan<byte> bytes = copy;

        // No frame of a handshake has 16 MiB, while text and TLS begin with some other byte.
        if (bytes.IsEmpty) return PreambleVerdict.Undecided;
        if (bytes[0] != 0) return PreambleVerdict.Foreign;
        if (!BinaryPrimitives.TryReadUInt32BigEndian(bytes, out uint length)) return PreambleVerdict.Undecided;
        if (length == 0) return PreambleVerdict.Foreign;

        bytes = bytes[Frames.LengthPrefixBytes..];
        switch (FrameHeader.Read(bytes, out FrameHeader header))
        {
            case ElementStatus.NeedMore:
                return PreambleVerdict.Undecided;
            case ElementStatus.Other:
                return PreambleVerdict.Foreign;
        }
        if (!expected.Contains(header.Type)) return PreambleVerdict.Foreign;
        return HasMagic(header.Type) ? JudgeMagic(bytes[header.Bytes..]) : PreambleVerdict.SyncNet;
    }

    private static bool HasMagic(FrameType type) => type is FrameType.Hello or FrameType.Dial or FrameType.Carry;

    private static PreambleVerdict JudgeMagic(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MagicBytes) bytes = bytes[..MagicBytes];
        if (bytes.IsEmpty) return PreambleVerdict.Undecided;
        if (bytes[0] != MagicHeader || !"sync.net"u8.StartsWith(bytes[1..])) return PreambleVerdict.Foreign;
        return bytes.Length == MagicBytes ? PreambleVerdict.SyncNet : PreambleVerdict.Undecided;
    }
}
