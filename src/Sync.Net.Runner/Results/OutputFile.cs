using System.Globalization;

namespace Sync.Net.Runner.Results;

/// <summary>
/// A worker's whole output in a file, up to a size; of more, its beginning and its end, with a line between that says how much was left out.
/// </summary>
/// <remarks>The end is written in turns to two files beside it, so that neither memory nor the disk grows with what a worker says.</remarks>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly long _headBytes;
    private readonly long _tailBytes;
    private readonly FileStream _head;
    private FileStream? _older;
    private FileStream? _newer;
    private long _dropped;

    public OutputFile(string path, long headBytes = 32 << 20, long tailBytes = 16 << 20)
    {
        _path = path;
        _headBytes = headBytes;
        _tailBytes = tailBytes;
        _head = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Whether there is more than the beginning holds.</summary>
    public bool IsOver { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        int atHead = (int)Math.Min(bytes.Length, _headBytes - _head.Length);
        if (atHead > 0) await _head.WriteAsync(bytes[..atHead]).ConfigureAwait(false);
        // Somebody may be reading it along.
        await _head.FlushAsync().ConfigureAwait(false);
        bytes = bytes[Math.Max(0, atHead)..];
        while (bytes.Length > 0)
        {
            IsOver = true;
            _newer ??= NewTail();
            if (_newer.Length >= _tailBytes) Turn();
            int part = (int)Math.Min(bytes.Length, _tailBytes - _newer.Length);
            await _newer.WriteAsync(bytes[..part]).ConfigureAwait(false);
            bytes = bytes[part..];
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_dropped > 0)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"\n[… {_dropped} bytes of output are left out here …]\n");
            await _head.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
        }
        await AppendAsync(_older).ConfigureAwait(false);
        await AppendAsync(_newer).ConfigureAwait(false);
        await _head.DisposeAsync().ConfigureAwait(false);
    }

    private void Turn()
    {
        if (_older is null)
        {
            _older = _newer;
            _newer = NewTail();
            return;
        }
        _dropped += _older.Length;
        _older.SetLength(0);
        (_older, _newer) = (_newer, _older);
    }

    private FileStream NewTail() => new(
        $"{_path}.{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);

    private async Task AppendAsync(FileStream? tail)
    {
        if (tail is null) return;
        tail.Position = 0;
        await tail.CopyToAsync(_head).ConfigureAwait(false);
        await tail.DisposeAsync().ConfigureAwait(false);
    }
}
