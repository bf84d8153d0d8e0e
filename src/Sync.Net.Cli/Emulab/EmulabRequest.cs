using System.Runtime.InteropServices;
using System.Text;

namespace Sync.Net.Cli.Emulab;

/// <summary>The 76 bytes that a client of Emulab's sends; numbers in the order of the host's bytes.</summary>
/// <param name="Name">The barrier.</param>
/// <param name="IsInitialiser">It says how many wait; else it is one of them.</param>
/// <param name="IsAsynchronous">It does not wait.</param>
/// <param name="Count">How many others are to wait.</param>
/// <param name="Code">The code that it reports.</param>
internal sealed record EmulabRequest(string Name, bool IsInitialiser, bool IsAsynchronous, int Count, int Code)
{
    public const int Size = 76;
    public const int ReplySize = 4;
    public const int MaxNameBytes = 63;
    public const int MaxCode = 239;
    public const string DefaultName = "barrier";

    private const int NameSize = 64;
    private const short Initialise = 1;
    private const short Wait = 2;
    private const short DoNotWait = 1;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a request; null for anything that no client of Emulab's sends.</summary>
    public static EmulabRequest? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || NameOf(bytes[..NameSize]) is not { } name) return null;
        short request = MemoryMarshal.Read<short>(bytes[64..]);
        short flags = MemoryMarshal.Read<short>(bytes[66..]);
        int count = MemoryMarshal.Read<int>(bytes[68..]);
        int code = MemoryMarshal.Read<int>(bytes[72..]);
        if (request is not (Initialise or Wait) || code is < 0 or > MaxCode) return null;
        if (request == Initialise && count < 1) return null;
        return new EmulabRequest(name, request == Initialise, (flags & DoNotWait) != 0, request == Initialise ? count : 0, code);
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Strict.GetBytes(Name, bytes.AsSpan(0, MaxNameBytes));
        MemoryMarshal.Write(bytes.AsSpan(64), IsInitialiser ? Initialise : Wait);
        MemoryMarshal.Write(bytes.AsSpan(66), IsAsynchronous ? DoNotWait : (short)0);
        MemoryMarshal.Write(bytes.AsSpan(68), Count);
        MemoryMarshal.Write(bytes.AsSpan(72), Code);
        return bytes;
    }

    private static string? NameOf(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        if (end < 0) return null;
        try
        {
            string name = Strict.GetString(field[..end]);
            return name.Any(char.IsControl) ? null : name.Length == 0 ? DefaultName : name;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
