using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Handshake;

/// <summary>The secret of a group of members, and what is proved with it (docs/protocol.md, "Authentication").</summary>
/// <remarks>
/// The only place that touches cryptography. The platform's takes milliseconds to load; native programs, which start for one call, do without
/// (<see cref="PromptHmac"/>).
/// </remarks>
internal sealed class GroupKey
{
    public const int MinBytes = 16;

    private readonly byte[] _key;
    private readonly byte[] _id;

    private GroupKey(byte[] key)
    {
        _key = key;
        _id = Mac("sync.net key id"u8)[..Protocol.KeyIdBytes];
    }

    /// <summary>Tells keys apart without telling them.</summary>
    public ReadOnlyMemory<byte> Id => _id;

    /// <exception cref="ArgumentException">The key is too short to withstand guessing.</exception>
    public static GroupKey From(string text)
    {
        byte[] key = Encoding.UTF8.GetBytes(text);
        if (key.Length >= MinBytes) return new GroupKey(key);
        throw new ArgumentException($"The key has {key.Length} bytes; it needs {MinBytes} or more.", nameof(text));
    }

    public static byte[] NewNonce() => PromptRandom.Bytes(Protocol.NonceBytes);

    /// <summary>The member's proof.</summary>
    public byte[] MemberMac(ReadOnlySpan<byte> transcript) => Mac("sync.net member"u8, transcript);

    /// <summary>The server's proof.</summary>
    public byte[] ServerMac(ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> welcome) =>
        Mac("sync.net server"u8, transcript, welcome);

    /// <summary>Takes the same time wherever the two differ.</summary>
    public static bool Same(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) =>
        CryptographicOperations.FixedTimeEquals(a.Span, b.Span);

    private byte[] Mac(ReadOnlySpan<byte> label, ReadOnlySpan<byte> first = default, ReadOnlySpan<byte> second = default)
    {
        byte[] text = [.. label, .. first, .. second];
        return RuntimeFeature.IsDynamicCodeSupported ? HMACSHA256.HashData(_key, text) : PromptHmac.HashData(_key, text);
    }
}
