using Sync.Net.Runner.Results;

namespace Sync.Net.Runner.Engine;

/// <summary>Takes what a worker writes: whole into its file, by lines to the run; the worker waits while there is no room.</summary>
/// <param name="file">Null where no results are kept.</param>
/// <param name="take">Takes lines; ends when there is room for more.</param>
internal sealed class WorkerOutput(OutputFile? file, Func<IReadOnlyList<string>, bool, bool, Task> take) : IAsyncDisposable
{
    private readonly LineSplitter _output = new();
    private readonly LineSplitter _errors = new();
    private readonly SemaphoreSlim _gate = new(1);
    private bool _isDisposed;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isError)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed) return;
            if (file is not null) await file.WriteAsync(bytes).ConfigureAwait(false);
            var lines = new List<string>();
            (isError ? _errors : _output).Add(bytes.Span, lines);
            if (lines.Count > 0) await take(lines, isError, file?.IsOver == true).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Hands over what has no end of line, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (_output.Rest() is { } rest) await take([rest], false, file?.IsOver == true).ConfigureAwait(false);
            if (_errors.Rest() is { } error) await take([error], true, file?.IsOver == true).ConfigureAwait(false);
            if (file is not null) await file.DisposeAsync().ConfigureAwait(false);
        }
        _gate.Release();
    }
}
