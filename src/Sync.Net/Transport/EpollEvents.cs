using System.Runtime.InteropServices;

namespace Sync.Net.Transport;

/// <summary>An array of the system's <c>struct epoll_event</c>: 32 bits of readiness and a number of 64 bits.</summary>
internal readonly struct EpollEvents(int capacity)
{
    /// <summary>Only on x64 there is no padding between the two; on 32-bit x86 there is none to begin with.</summary>
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private static readonly int NumberAt = IsPacked ? 4 : 8;
    private static readonly int Size = NumberAt + 8;

    private readonly byte[] _bytes = new byte[capacity * Size];

    public int Capacity => capacity;

    public ref byte First => ref _bytes[0];

    public (Readiness Ready, long Number) this[int index]
    {
        get
        {
            ReadOnlySpan<byte> one = _bytes.AsSpan(index * Size, Size);
            return ((Readiness)MemoryMarshal.Read<uint>(one), MemoryMarshal.Read<long>(one[NumberAt..]));
        }
    }

    public void Set(Readiness ready, long number)
    {
        MemoryMarshal.Write(_bytes, (uint)ready);
        MemoryMarshal.Write(_bytes.AsSpan(NumberAt), number);
    }
}
