using System.Globalization;
using System.IO.Pipes;

namespace Sync.Net.Runner.Hosts;

/// <summary>One output of a process, read until the process has ended, whoever else holds the pipe then.</summary>
internal sealed class OutputPipe(Stream stream, Func<ReadOnlyMemory<byte>, ValueTask> output)
{
    private const int PieceBytes = 65536;

    private readonly EndMarker _end = new();

    /// <summary>Reads to the end; the taker's pace is the process's.</summary>
    public async Task PumpAsync()
    {
        byte[] piece = new byte[PieceBytes];
        while (!_end.Came)
        {
            int count = await ReadAsync(piece).ConfigureAwait(false);
            if (count == 0) break;
            await _end.PassAsync(piece.AsMemory(0, count), output).ConfigureAwait(false);
        }

        await _end.FinishAsync(output).ConfigureAwait(false);
    }

    /// <summary>Marks the end behind all that was written so far. A pipe that nobody else holds ends by itself.</summary>
    public async Task MarkEndAsync()
    {
        if (stream is not PipeStream { SafePipeHandle: { IsClosed: false } handle } || !OperatingSystem.IsLinux()) return;
        try
        {
            // The same pipe's other end; a write of this size is never split.
            string path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");
            FileStream other = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await using (other.ConfigureAwait(false)) await other.WriteAsync(_end.Bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // It was read to its end already.
        }
    }

    private async ValueTask<int> ReadAsync(byte[] piece)
    {
        try
        {
            return await stream.ReadAsync(piece).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }
}
