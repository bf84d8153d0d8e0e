using System.Buffers;

namespace Sync.Net.Runtime.Server;

/// <summary>Writes into a rented array of a size that is known as a rule.</summary>
internal sealed class RentedWriter(int bytes) : IBufferWriter<byte>, IDisposable
{
    /// <summary>Room for what writers ask for beyond what they write.</summary>
    private const int Slack = 1024;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(bytes + Slack);
    private int _count;

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(1, sizeHint));
        return _array.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);

    private void EnsureRoom(int room)
    {
        if (_array.Length - _count >= room) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(_count + room + Slack);
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
