using System.Buffers;

namespace Sync.Net.Runtime.Server;

internal sealed partial class Outbox
{
    /// <summary>Frames up to this size are copied together into one write; larger ones go by themselves.</summary>
    private const int GatherBytes = 16 * 1024;

    /// <summary>The most bytes of one write, so that a slow reader is seen to take them.</summary>
    private const int WriteBytes = 128 * 1024;

    private async ValueTask SendAllAsync(List<OutgoingFrame> frames)
    {
        int next = 0;
        while (next < frames.Count)
        {
            int count = CountToGather(frames, next, out int bytes);
            if (count == 1) await WriteAsync(frames[next].Bytes).ConfigureAwait(false);
            else await WriteTogetherAsync(frames, next, count, bytes).ConfigureAwait(false);
            next += count;
        }
    }

    private static int CountToGather(List<OutgoingFrame> frames, int first, out int bytes)
    {
        bytes = frames[first].Bytes.Length;
        int next = first + 1;
        while (next < frames.Count && bytes + frames[next].Bytes.Length <= GatherBytes) bytes += frames[next++].Bytes.Length;
        return next - first;
    }

    private async ValueTask WriteTogetherAsync(List<OutgoingFrame> frames, int first, int count, int bytes)
    {
        byte[] together = ArrayPool<byte>.Shared.Rent(bytes);
        int position = 0;
        for (int i = first; i < first + count; i++)
        {
            frames[i].Bytes.CopyTo(together, position);
            position += frames[i].Bytes.Length;
        }
        await WriteAsync(together.AsMemory(0, bytes)).ConfigureAwait(false);
        // Not returned after a failed write, which may still read from it.
        ArrayPool<byte>.Shared.Return(together);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int length = Math.Min(bytes.Length, WriteBytes);
            ValueTask write = stream.WriteAsync(bytes[..length], CancellationToken.None);
            if (write.IsCompletedSuccessfully)
            {
                write.GetAwaiter().GetResult();
            }
            else
            {
                await write.ConfigureAwait(false);
                owner.OnBytesTaken();
            }
            bytes = bytes[length..];
        }
    }
}
