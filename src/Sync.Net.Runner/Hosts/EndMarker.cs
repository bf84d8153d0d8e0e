using System.Security.Cryptography;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <summary>
/// Tells where a worker's own output ends: random bytes, written behind it when the worker has ended. The end of the pipe would not
/// tell, since what the worker left running holds the pipe too.
/// </summary>
internal sealed class EndMarker
{
    private readonly byte[] _marker;
    private readonly byte[] _held;
    private int _heldCount;

    public EndMarker() : this("\0sync-net-end-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n")
    {
    }

    public EndMarker(string text)
    {
        _marker = Encoding.ASCII.GetBytes(text);
        _held = new byte[_marker.Length];
    }

    public ReadOnlyMemory<byte> Bytes => _marker;

    /// <summary>Whether the marker has come.</summary>
    public bool Came { get; private set; }

    /// <summary>Takes a piece of the stream, and hands on what is surely output: a possible beginning of the marker waits for the next piece.</summary>
    public async ValueTask PassAsync(ReadOnlyMemory<byte> piece, Func<ReadOnlyMemory<byte>, ValueTask> output)
    {
        if (Came || piece.IsEmpty) return;
        byte[] all = new byte[_heldCount + piece.Length];
        _held.AsSpan(0, _heldCount).CopyTo(all);
        piece.Span.CopyTo(all.AsSpan(_heldCount));
        int end = all.AsSpan().IndexOf(_marker);
        Came = end >= 0;
        int sure = Came ? end : all.Length - Beginning(all);
        _heldCount = Came ? 0 : all.Length - sure;
        all.AsSpan(sure, _heldCount).CopyTo(_held);
        if (sure > 0) await output(all.AsMemory(0, sure)).ConfigureAwait(false);
    }

    /// <summary>Hands on what was held back, when no more comes.</summary>
    public async ValueTask FinishAsync(Func<ReadOnlyMemory<byte>, ValueTask> output)
    {
        int count = _heldCount;
        _heldCount = 0;
        if (count > 0) await output(_held.AsMemory(0, count)).ConfigureAwait(false);
    }

    /// <summary>How many bytes at the end may begin the marker.</summary>
    private int Beginning(ReadOnlySpan<byte> bytes)
    {
        for (int length = Math.Min(_marker.Length - 1, bytes.Length); length > 0; length--)
        {
            if (bytes.EndsWith(_marker.AsSpan(0, length))) return length;
        }

        return 0;
    }
}
